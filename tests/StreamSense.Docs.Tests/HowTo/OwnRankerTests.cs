using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Testing.Contracts;

namespace StreamSense.Docs.Tests.HowTo;

public sealed class OwnRankerTests
{
    #region docs/how-to/write-a-ranker.md
    public static IEnumerable<object[]> Promises => RankerContract.CasesFor(() => new MyRanker()).Select(promise => new object[] { promise });

    [Theory, MemberData(nameof(Promises))]
    public void MyRanker_KeepsThePromise(ContractCase promise) => promise.Run();
    #endregion

    private sealed class MyRanker : IRanker
    {
        public FeatureLayout Layout => StandardFeatures.Basic.Layout;

        public ModelInfo Info { get; } = new("mine", "1", StandardFeatures.Basic.Layout.Hash);

        public int ScratchBytes(int maxCandidates) => 0;

        public void Score(in RankContext context, in CandidateBatch batch, Span<float> scores, Span<byte> scratch)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, batch.Count, nameof(scores));
            ReadOnlySpan<float> plays = batch.Column(Layout.IndexOf(FeatureNames.TitlePlays));
            for (int i = 0; i < batch.Count; i++)
            {
                scores[i] = float.IsNaN(plays[i]) ? 0 : plays[i];
            }
        }
    }
}
