namespace StreamSense.Core.Metrics.Conversion;

/// <summary>The latest marks of a pair, in their order.</summary>
/// <remarks>
/// Which marks are the latest does not depend on the order in which they come, so that parts join; how many older ones fell out is counted.
/// </remarks>
internal struct PairRow : IKeyedState<PairRow>
{
    /// <summary>Whether the pair is of a ranking request, whose id alone says what belongs together.</summary>
    public bool OfRequest;
    private PairMarks _marks;
    private int _count;

    /// <summary>How many marks there was no room for.</summary>
    public int Dropped;

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<PairMark> Marks => ((ReadOnlySpan<PairMark>)_marks)[.._count];

    public void Add(in PairMark mark)
    {
        Span<PairMark> marks = _marks;
        int place = _count;
        while (place > 0 && marks[place - 1].CompareTo(mark) > 0)
        {
            place--;
        }

        if (_count < PairMarks.Capacity)
        {
            marks[place.._count].CopyTo(marks[(place + 1)..]);
            marks[place] = mark;
            _count++;
            return;
        }

        Dropped++;
        if (place > 0)
        {
            marks[1..place].CopyTo(marks);
            marks[place - 1] = mark;
        }
    }

    /// <summary>Takes a mark back that was added; one that fell out since is gone already.</summary>
    public void Remove(in PairMark mark)
    {
        Span<PairMark> marks = _marks;
        int place = marks[.._count].IndexOf(mark);
        if (place < 0)
        {
            Dropped--;
            return;
        }

        marks[(place + 1).._count].CopyTo(marks[place..]);
        _count--;
    }

    /// <inheritdoc/>
    public void Join(in PairRow other)
    {
        OfRequest |= other.OfRequest;
        Dropped += other.Dropped;
        foreach (ref readonly PairMark mark in other.Marks)
        {
            Add(mark);
        }
    }

    /// <summary>The impression that a mark is owed to, as an index; -1 if there is none.</summary>
    /// <param name="mark">The index of the mark.</param>
    /// <param name="horizon">How long an impression lasts, for a pair that is not of a ranking request.</param>
    public readonly int ImpressionOf(int mark, TimeSpan horizon)
    {
        ReadOnlySpan<PairMark> marks = Marks;
        for (int i = mark - 1; i >= 0; i--)
        {
            if (marks[i].Kind == PairMarkKind.Impression)
            {
                return OfRequest || marks[mark].Time - marks[i].Time <= horizon ? i : -1;
            }
        }

        // What plays of itself may be told of before it has been seen long enough to count as seen.
        for (int i = mark + 1; OfRequest && i < marks.Length; i++)
        {
            if (marks[i].Kind == PairMarkKind.Impression)
            {
                return i;
            }
        }

        return -1;
    }
}
