/// The text frames, as unions over the generated types.
import type {
  Cancel,
  Continue,
  Done,
  Fault,
  Hello,
  Idle,
  Invalid,
  LoadFile,
  Progress,
  Resync,
  Started,
  Update,
  Waiting,
  Welcome,
} from "../wire"

export type PageMessage = Hello | Update | Cancel | Continue | LoadFile

export type ServerMessage = Welcome | Started | Invalid | Idle | Progress | Waiting | Done | Resync | Fault

/// The message of a text frame. Types that this page does not know are for the
/// caller to ignore: a server may say more than an older page understands.
export function parseMessage(frame: string): ServerMessage {
  return JSON.parse(frame) as ServerMessage
}
