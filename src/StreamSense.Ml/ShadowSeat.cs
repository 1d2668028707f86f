using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>A model that scores the same candidates beside the one in service, with what came of it.</summary>
/// <param name="model">The model's place.</param>
internal sealed class ShadowSeat(ModelSlot model)
{
    private long _rankings;
    private long _failures;
    private long _slots;
    private long _agreed;

    /// <summary>The model's place.</summary>
    public ModelSlot Model { get; } = model;

    /// <summary>What came of it so far.</summary>
    /// <param name="place">The surface's name.</param>
    public ShadowTotals TotalsOf(string place) => new(
        place,
        Model.Current.Info,
        Interlocked.Read(ref _rankings),
        Interlocked.Read(ref _failures),
        Interlocked.Read(ref _slots),
        Interlocked.Read(ref _agreed));

    /// <summary>Counts a ranking.</summary>
    /// <param name="slots">How many titles were shown.</param>
    /// <param name="agreed">How many of them are among the shadow's best as many.</param>
    public void Count(int slots, int agreed)
    {
        Interlocked.Increment(ref _rankings);
        Interlocked.Add(ref _slots, slots);
        Interlocked.Add(ref _agreed, agreed);
    }

    /// <summary>Counts a ranking that it failed.</summary>
    public void CountFailure() => Interlocked.Increment(ref _failures);
}
