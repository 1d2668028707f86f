using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Privacy;

/// <summary>The last choices of one person or device, by the time from which each holds.</summary>
/// <remarks>Unmanaged: a row of the ledger. In order of time; the order in which choices are noted does not matter.</remarks>
internal struct ConsentChoices
{
    private const int Capacity = 4;

    private Times _from;
    private Purposes _granted;
    private int _count;

    /// <summary>Notes a choice; the oldest one makes room.</summary>
    public void Note(EventTime from, ConsentPurposes granted)
    {
        int place = _count;
        while (place > 0 && _from[place - 1] > from)
        {
            place--;
        }

        if (place > 0 && _from[place - 1] == from)
        {
            // Two choices of one moment contradict each other: what one of them withholds is withheld.
            _granted[place - 1] &= granted;
            return;
        }

        if (_count == Capacity)
        {
            if (place == 0)
            {
                return;
            }

            Move(1, 0, place - 1);
            place--;
        }
        else
        {
            Move(place, place + 1, _count - place);
            _count++;
        }

        _from[place] = from;
        _granted[place] = granted;
    }

    /// <summary>What was granted at a time; false if nothing was chosen by then.</summary>
    public readonly bool TryRead(EventTime at, out ConsentPurposes granted)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (_from[i] <= at)
            {
                granted = _granted[i];
                return true;
            }
        }

        granted = ConsentPurposes.None;
        return false;
    }

    private void Move(int source, int target, int length)
    {
        Span<EventTime> times = _from;
        Span<ConsentPurposes> purposes = _granted;
        times.Slice(source, length).CopyTo(times[target..]);
        purposes.Slice(source, length).CopyTo(purposes[target..]);
    }

    [InlineArray(Capacity)]
    private struct Times
    {
        private EventTime _first;
    }

    [InlineArray(Capacity)]
    private struct Purposes
    {
        private ConsentPurposes _first;
    }
}
