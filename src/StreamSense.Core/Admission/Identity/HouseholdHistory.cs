using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Admission.Identity;

/// <summary>The last households of one viewer, in order of time.</summary>
/// <remarks>Unmanaged: a row of a table. The order in which profiles are noted does not matter.</remarks>
internal struct HouseholdHistory
{
    private const int Capacity = 4;

    private Moves _moves;
    private int _count;

    /// <summary>Notes a profile; the oldest one makes room.</summary>
    public void Note(EventTime from, HouseholdId household)
    {
        Span<Move> moves = _moves;
        int place = _count;
        while (place > 0 && moves[place - 1].From > from)
        {
            place--;
        }

        if (place > 0 && moves[place - 1].From == from)
        {
            // Two profiles of one moment: either will do, the same one in every order.
            ref Move same = ref moves[place - 1];
            same = same.Household.Value >= household.Value ? same : new Move(from, household);
            return;
        }

        if (_count < Capacity)
        {
            moves[place.._count].CopyTo(moves[(place + 1)..]);
            _count++;
            moves[place] = new Move(from, household);
        }
        else if (place > 0)
        {
            moves[1..place].CopyTo(moves);
            moves[place - 1] = new Move(from, household);
        }
    }

    /// <summary>The household at a time; before the first profile that is kept, that one's, since a row says what is.</summary>
    public readonly HouseholdId At(EventTime at)
    {
        for (int i = _count - 1; i > 0; i--)
        {
            if (_moves[i].From <= at)
            {
                return _moves[i].Household;
            }
        }

        return _count == 0 ? default : _moves[0].Household;
    }

    private readonly record struct Move(EventTime From, HouseholdId Household);

    [InlineArray(Capacity)]
    private struct Moves
    {
        private Move _first;
    }
}
