using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Factors;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Tests.Pipelines;

/// <summary>The features of an engine, and behind them what each fitted model thinks of a title: stacking.</summary>
internal sealed class ScoredFeatures(FeatureEngine engine, FittedModels models, InterestHistory history)
    : IFeatureReader, IEventConsumer, IViewFactConsumer
{
    private readonly HistoryVector _vectors = models.VectorOf(history);
    private readonly Dictionary<TitleId, float> _sums = [];
    private readonly Dictionary<TitleId, int> _rows =
        models.Factors.Titles.Select((title, row) => (title, row)).ToDictionary(pair => pair.title, pair => pair.row);

    public FeatureLayout Layout { get; } = new(
    [
        .. engine.Layout.Features,
        new FeatureDefinition("model.ials", FeatureScope.ViewerTitle),
        new FeatureDefinition("model.knn", FeatureScope.ViewerTitle),
        new FeatureDefinition("model.ease", FeatureScope.ViewerTitle),
    ]);

    public long Position => engine.Position;

    public void Consume(in EventBatch batch) => engine.Consume(batch);

    public void Consume(ReadOnlySpan<ViewFact> facts) => engine.Consume(facts);

    public void Fill(in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> columns)
    {
        int count = titles.Length;
        int own = count * engine.Layout.Count;
        engine.Fill(query, titles, columns[..own]);
        FillFactors(query, titles, columns.Slice(own, count));
        FillNeighbours(models.Knn, query, titles, columns.Slice(own + count, count));
        FillNeighbours(models.Ease, query, titles, columns.Slice(own + (2 * count), count));
    }

    private void FillFactors(in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> column)
    {
        column.Fill(float.NaN);
        Span<float> viewer = stackalloc float[_vectors.Dimensions];
        if (!_vectors.TryRead(new CandidateRequest(query, Symbol.None), viewer))
        {
            return;
        }

        for (int i = 0; i < titles.Length; i++)
        {
            if (_rows.TryGetValue(titles[i], out int row))
            {
                column[i] = TensorPrimitives.Dot<float>(viewer, models.Factors.Values.AsSpan(row * viewer.Length, viewer.Length));
            }
        }
    }

    private void FillNeighbours(ItemNeighbours neighbours, in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> column)
    {
        _sums.Clear();
        Span<HistoryEntry> entries = stackalloc HistoryEntry[history.Capacity];
        foreach (ref readonly HistoryEntry entry in entries[..history.Read(query.Viewer, entries)])
        {
            int row = _rows.GetValueOrDefault(entry.Title, -1);
            for (int i = row < 0 ? 0 : neighbours.Starts[row]; row >= 0 && i < neighbours.Starts[row + 1]; i++)
            {
                TitleId near = neighbours.Titles[neighbours.Neighbours[i]];
                CollectionsMarshal.GetValueRefOrAddDefault(_sums, near, out _) += neighbours.Weights[i];
            }
        }

        for (int i = 0; i < titles.Length; i++)
        {
            column[i] = _sums.GetValueOrDefault(titles[i]);
        }
    }
}
