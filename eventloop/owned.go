package eventloop

import "slices"

// owned is something outside the loop that must end with it, such as a job on a worker thread.
type owned interface {
	loopClosing(cause error)
	owner() *ownership
}

// ownership is the part of an owned thing that says where in Loop.owned it is: 1 for the first, 0 for not there. So
// both ends of a job's life are O(1) without a map entry for each.
type ownership int32

func (o *ownership) owner() *ownership { return o }

func (l *Loop) own(o owned) {
	l.owned = append(l.owned, o)
	*o.owner() = ownership(len(l.owned))
}

// disown forgets o, if it is owned. The last one takes its place.
func (l *Loop) disown(o owned) {
	i := int(*o.owner()) - 1
	*o.owner() = 0
	last := len(l.owned) - 1
	if i < 0 || last < 0 { // a closed loop owns nothing
		return
	}
	if i < last {
		l.owned[i] = l.owned[last]
		*l.owned[i].owner() = ownership(i + 1)
	}
	l.owned[last] = nil
	l.owned = l.owned[:last]
}

// closeOwned ends all that is owned; some leave at that.
func (l *Loop) closeOwned(cause error) {
	for _, o := range slices.Clone(l.owned) {
		o.loopClosing(cause)
	}
}
