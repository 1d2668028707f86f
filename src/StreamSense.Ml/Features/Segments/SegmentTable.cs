using System.Collections.Immutable;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.Segments;

/// <summary>Remembers the segments of each viewer.</summary>
/// <remarks>
/// Written by rules as events come, and by jobs that look at all viewers now and then; one write at a time, by any thread. Reads take no
/// lock and give a viewer's segments as they were at one moment. Bounded: the viewer longest not written makes room and is counted. A
/// viewer takes some 40 bytes.
/// </remarks>
public sealed class SegmentTable : ISegmentReader, IDisposable
{
    private readonly Lock _writerLock = new();
    private readonly RecentTable<SegmentRow> _viewers;

    /// <summary>Creates a table in which nobody is in any segment.</summary>
    /// <param name="maxViewers">How many viewers it may hold.</param>
    /// <param name="names">The names of the segments, at most <see cref="ISegmentReader.MaxSegments"/>; a name's place is its bit.</param>
    /// <exception cref="ArgumentException">There is no name, there are too many, or two are the same.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxViewers"/> is less than 1.</exception>
    public SegmentTable(int maxViewers, params ReadOnlySpan<string> names)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxViewers, 1);
        Names = [.. names];
        if (names.Length is 0 or > ISegmentReader.MaxSegments
            || Names.Any(string.IsNullOrEmpty)
            || Names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            throw new ArgumentException(
                $"A table has from 1 to {ISegmentReader.MaxSegments} segments, each with a name of its own.", nameof(names));
        }

        _viewers = new RecentTable<SegmentRow>(maxViewers);
        Everything = names.Length == ISegmentReader.MaxSegments ? ulong.MaxValue : (1UL << names.Length) - 1;
    }

    /// <inheritdoc/>
    public ImmutableArray<string> Names { get; }

    /// <summary>How many viewers are remembered, those who have left every segment included.</summary>
    public int Count => _viewers.Count;

    /// <summary>How many viewers were forgotten to make room for others.</summary>
    public long Evicted => _viewers.Evicted;

    /// <summary>The bits that have a name.</summary>
    internal ulong Everything { get; }

    /// <summary>The bit of a segment, as a number to be combined with others.</summary>
    /// <param name="name">The segment's name.</param>
    /// <exception cref="ArgumentException">There is no such segment.</exception>
    public ulong BitOf(string name)
    {
        int index = Names.IndexOf(name);
        return index >= 0 ? 1UL << index : throw new ArgumentException($"There is no segment {name}.", nameof(name));
    }

    /// <inheritdoc/>
    public ulong SegmentsOf(ViewerId viewer) =>
        !viewer.IsNone && _viewers.TryRead(viewer.Value, out SegmentRow row) ? row.Segments : 0;

    /// <summary>Says of some segments which of them a viewer is in; of the others nothing changes.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <param name="concerned">The bits of the segments that are decided.</param>
    /// <param name="segments">Which of them the viewer is in.</param>
    /// <returns>Whether anything changed.</returns>
    /// <exception cref="ArgumentException">A bit has no name, or lies outside <paramref name="concerned"/>.</exception>
    public bool Set(ViewerId viewer, ulong concerned, ulong segments)
    {
        if ((concerned & ~Everything) != 0 || (segments & ~concerned) != 0)
        {
            throw new ArgumentException("A segment without a name, or outside those that are decided.", nameof(segments));
        }

        if (viewer.IsNone)
        {
            return false;
        }

        lock (_writerLock)
        {
            ulong before = _viewers.TryRead(viewer.Value, out SegmentRow known) ? known.Segments : 0;
            ulong after = (before & ~concerned) | segments;
            if (before == after)
            {
                return false;
            }

            _viewers.BeginWrite(viewer.Value, out int row).Segments = after;
            _viewers.EndWrite(row);
            return true;
        }
    }

    /// <summary>Forgets a viewer, on a withdrawal of consent or a request for erasure.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <returns>Whether there was anything to forget.</returns>
    public bool Forget(ViewerId viewer)
    {
        lock (_writerLock)
        {
            return _viewers.Remove(viewer.Value);
        }
    }

    /// <summary>Counts the viewers of each segment, by going over all of them.</summary>
    /// <param name="counts">Room for one number a segment.</param>
    /// <exception cref="ArgumentException">There is too little room.</exception>
    public void CountMembers(Span<long> counts)
    {
        if (counts.Length < Names.Length)
        {
            throw new ArgumentException("A number a segment.", nameof(counts));
        }

        counts[..Names.Length].Clear();
        for (int row = 0; row < _viewers.RowsInUse; row++)
        {
            ulong segments = _viewers.TryReadAt(row, out _, out SegmentRow found) ? found.Segments : 0;
            for (; segments != 0; segments &= segments - 1)
            {
                counts[System.Numerics.BitOperations.TrailingZeroCount(segments)]++;
            }
        }
    }

    /// <summary>Gives the memory back; from then on nobody is in any segment.</summary>
    public void Dispose()
    {
        lock (_writerLock)
        {
            _viewers.Dispose();
        }
    }
}
