using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Factors;
using StreamSense.Ml.Features;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Pipelines;

/// <summary>The features of an engine, and behind them the dot product of viewer and title by factors: stacking.</summary>
internal sealed class ScoredFeatures(FeatureEngine engine, ItemFactors factors, HistoryVector vectors)
    : IFeatureReader, IEventConsumer, IViewFactConsumer
{
    private readonly Dictionary<TitleId, int> _rows =
        factors.Titles.Select((title, row) => (title, row)).ToDictionary(pair => pair.title, pair => pair.row);

    public FeatureLayout Layout { get; } = new(
        [.. engine.Layout.Features, new FeatureDefinition("factors.dot", FeatureScope.ViewerTitle)]);

    public long Position => engine.Position;

    public void Consume(in EventBatch batch) => engine.Consume(batch);

    public void Consume(ReadOnlySpan<ViewFact> facts) => engine.Consume(facts);

    public void Fill(in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> columns)
    {
        int own = titles.Length * engine.Layout.Count;
        engine.Fill(query, titles, columns[..own]);
        Span<float> dots = columns.Slice(own, titles.Length);
        dots.Fill(float.NaN);
        Span<float> viewer = stackalloc float[vectors.Dimensions];
        if (!vectors.TryRead(new CandidateRequest(query, Symbol.None), viewer))
        {
            return;
        }

        for (int i = 0; i < titles.Length; i++)
        {
            if (_rows.TryGetValue(titles[i], out int row))
            {
                dots[i] = System.Numerics.Tensors.TensorPrimitives.Dot<float>(
                    viewer, factors.Values.AsSpan(row * viewer.Length, viewer.Length));
            }
        }
    }
}
