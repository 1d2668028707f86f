using System.Numerics;
using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Candidates.Factors;

/// <summary>The best of a stream of scores, in memory on the caller's stack.</summary>
/// <remarks>
/// Scores come in the order of the items' places, a panel at a time. What is not above the least that is still good enough is passed
/// over, eight at a comparison; the others are gathered, and whenever twice as many as wanted are there, the better half stays.
/// </remarks>
internal ref struct TopItems
{
    private readonly Span<ulong> _keys;
    private readonly int _wanted;
    private float _least = float.NegativeInfinity;
    private int _count;

    /// <summary>Begins with nothing.</summary>
    /// <param name="keys">Room for <see cref="RoomFor"/> keys.</param>
    /// <param name="wanted">How many are wanted.</param>
    public TopItems(Span<ulong> keys, int wanted)
    {
        _keys = keys;
        _wanted = wanted;
    }

    /// <summary>How many keys there must be room for.</summary>
    /// <param name="wanted">How many are wanted.</param>
    public static int RoomFor(int wanted) => (2 * wanted) + FactorPanel.Items;

    /// <summary>Takes the scores of a panel.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="first">The place of the first item.</param>
    /// <param name="items">How many items of the panel there are; the others only fill it.</param>
    public void Add(ReadOnlySpan<float> scores, int first, int items)
    {
        var least = Vector256.Create(_least);
        for (int i = 0; i < items; i += Vector256<float>.Count)
        {
            // Equal to the least is not enough: those already there come before.
            uint better = Vector256.GreaterThan(Vector256.Create(scores[i..]), least).ExtractMostSignificantBits();
            for (; better != 0; better &= better - 1)
            {
                int place = i + BitOperations.TrailingZeroCount(better);
                if (place < items)
                {
                    _keys[_count++] = BestKeys.Of(scores[place], first + place);
                }
            }
        }

        if (_count >= 2 * _wanted)
        {
            Keep();
        }
    }

    /// <summary>Gives the best in order.</summary>
    /// <param name="destination">Room for as many as are wanted.</param>
    /// <returns>How many there are.</returns>
    public int Finish(Span<ScoredItem> destination)
    {
        if (_count > _wanted)
        {
            Keep();
        }

        _keys[.._count].Sort();
        for (int i = 0; i < _count; i++)
        {
            destination[i] = new ScoredItem(BestKeys.PlaceOf(_keys[i]), BestKeys.ScoreOf(_keys[i]));
        }

        return _count;
    }

    private void Keep()
    {
        BestKeys.PartOff(_keys[.._count], _wanted);
        _count = _wanted;
        _least = BestKeys.ScoreOf(_keys[_wanted - 1]);
    }
}
