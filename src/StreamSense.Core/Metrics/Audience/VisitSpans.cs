using System.Runtime.CompilerServices;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>The latest visits of a viewer, the earliest first; older ones are settled: only their number and length remain.</summary>
/// <remarks>
/// Activity closer than the gap joins, in whatever order it is told of, so that a late event can make one visit of two. What comes for a
/// time that is settled makes a visit of its own.
/// </remarks>
internal struct VisitSpans
{
    private const int Capacity = 16;

    private Room _room;
    private int _count;

    /// <summary>Visits that are settled, and how long they were together.</summary>
    public int Settled;
    public long SettledLength;

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<VisitSpan> Open => ((ReadOnlySpan<VisitSpan>)_room)[.._count];

    public readonly long Visits => Settled + _count;

    public void Add(VisitSpan span, long gap)
    {
        Span<VisitSpan> spans = _room;
        int first = _count;
        while (first > 0 && spans[first - 1].End + gap >= span.Start)
        {
            first--;
        }

        // From the first that is not wholly before, all up to the first that is wholly behind.
        int end = first;
        while (end < _count && spans[end].Start - gap <= span.End)
        {
            span = new VisitSpan(Math.Min(span.Start, spans[end].Start), Math.Max(span.End, spans[end].End));
            end++;
        }

        if (end == first && _count == Capacity)
        {
            VisitSpan oldest = first == 0 ? span : spans[0];
            Settled++;
            SettledLength += oldest.Length;
            if (first == 0)
            {
                return;
            }

            spans[1.._count].CopyTo(spans);
            _count--;
            first--;
            end--;
        }

        spans[end.._count].CopyTo(spans[(first + 1)..]);
        _count += first + 1 - end;
        spans[first] = span;
    }

    public void Join(in VisitSpans other, long gap)
    {
        Settled += other.Settled;
        SettledLength += other.SettledLength;
        foreach (VisitSpan span in other.Open)
        {
            Add(span, gap);
        }
    }

    [InlineArray(Capacity)]
    private struct Room
    {
        private VisitSpan _first;
    }
}
