using System.Runtime.CompilerServices;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>The latest turns of an account, the earliest first.</summary>
/// <remarks>Which are the latest does not depend on the order in which they come, so that parts join. A turn told twice is one.</remarks>
internal struct Turns
{
    private const int Capacity = 6;

    private Room _room;
    private int _count;

    /// <summary>Whether older turns may be missing.</summary>
    public readonly bool IsFull => _count == Capacity;

    public void Add(Turn turn)
    {
        Span<Turn> turns = _room;
        int place = _count;
        while (place > 0 && turns[place - 1].IsAfter(turn))
        {
            place--;
        }

        if (place > 0 && turns[place - 1] == turn)
        {
            return;
        }

        if (_count < Capacity)
        {
            turns[place.._count].CopyTo(turns[(place + 1)..]);
            turns[place] = turn;
            _count++;
        }
        else if (place > 0)
        {
            turns[1..place].CopyTo(turns);
            turns[place - 1] = turn;
        }
    }

    public void Join(in Turns other)
    {
        foreach (Turn turn in ((ReadOnlySpan<Turn>)other._room)[..other._count])
        {
            Add(turn);
        }
    }

    /// <summary>The last turn before an instant; the first one that is known where none was before it.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="isBefore">Whether the turn is before the instant.</param>
    public readonly Turn LastBefore(Moment instant, out bool isBefore)
    {
        ReadOnlySpan<Turn> turns = ((ReadOnlySpan<Turn>)_room)[.._count];
        int place = turns.Length - 1;
        while (place > 0 && !instant.IsAfter(turns[place].Time))
        {
            place--;
        }

        isBefore = place >= 0 && instant.IsAfter(turns[place].Time);
        return place < 0 ? default : turns[place];
    }

    /// <summary>Whether an expiry not before an instant is followed by a start.</summary>
    public readonly bool HasReturnAfter(Moment instant)
    {
        bool hasLeft = false;
        Moment left = default;
        foreach (Turn turn in ((ReadOnlySpan<Turn>)_room)[.._count])
        {
            if (!turn.Begins && !instant.IsAfter(turn.Time))
            {
                hasLeft = true;
                left = turn.Time;
            }
            else if (turn.Begins && hasLeft && turn.Time.IsAfter(left))
            {
                return true;
            }
        }

        return false;
    }

    [InlineArray(Capacity)]
    private struct Room
    {
        private Turn _first;
    }
}
