using StreamSense.Ml.Ranking;
using StreamSense.Testing.Contracts;
using Shipped = StreamSense.Testing.Contracts.RankerContract;

namespace StreamSense.Contracts.Ranking;

/// <summary>Runs what every <see cref="IRanker"/> promises; derive from it and make the ranker under test.</summary>
/// <remarks>The promises are those that StreamSense.Testing ships, for a user's tests as for ours.</remarks>
public abstract class RankerContract
{
    public static TheoryData<string> Promises => [.. Shipped.Names];

    protected abstract IRanker CreateRanker();

    [Theory]
    [MemberData(nameof(Promises))]
    public void Ranker_KeepsThePromise(string promise)
    {
        ContractCase kept = Assert.Single(
            Shipped.CasesFor(CreateRanker), candidate => string.Equals(candidate.Name, promise, StringComparison.Ordinal));
        kept.Run();
    }
}
