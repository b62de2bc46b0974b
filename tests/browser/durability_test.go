package browser

import (
	"fmt"
	"testing"
)

// BenchmarkDurability measures what it costs that what the page calls kept is on the disk: transactions of IndexedDB as
// the page's, with a history of so many UTF-16 units, in a profile on the disk. "page" is what the page's thread gives,
// "done" when the transaction says that it has ended: medians, in milliseconds.
func BenchmarkDurability(b *testing.B) {
	chrome := newKillable(b)
	p := newTab(b, chrome.ctx, serve(b).url)
	p.settle()
	for _, units := range []int{1000, 1 << 19} {
		for _, durability := range []string{"relaxed", "strict"} {
			b.Run(fmt.Sprint(durability, "/", units), func(b *testing.B) {
				times := get[[2]float64](p, insert(`(async (durability, units, n) => {
					const db = await new Promise((done) => {
						const request = indexedDB.open('measured', 1)
						request.onupgradeneeded = () => request.result.createObjectStore('kept')
						request.onsuccess = () => done(request.result)
					})
					const page = [], ended = []
					for (let i = 0; i < n; i++) {
						const steps = Array.from({ length: 50 }, (_, k) => ({ changes: [[k, i + 'x'.repeat(units / 50)]] }))
						const start = performance.now()
						const tx = db.transaction('kept', 'readwrite', { durability })
						tx.objectStore('kept').put({ steps }, 'state')
						tx.commit()
						page.push(performance.now() - start)
						await new Promise((done) => (tx.oncomplete = done))
						ended.push(performance.now() - start)
					}
					db.close()
					const median = (all) => all.sort((x, y) => x - y)[all.length >> 1]
					return [median(page), median(ended)]
				})(%s, %s, %s)`, []any{durability, units, b.N}))
				b.ReportMetric(times[0], "page-ms")
				b.ReportMetric(times[1], "done-ms")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}
