using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Ml.Training.Boosting;

namespace StreamSense.Ml.Tests.Pipelines;

/// <summary>What was ranked, with its features as they were, and which of it was rated later: what a ranker learns from.</summary>
/// <remarks>All titles rated later are kept, and of the others some, evenly.</remarks>
internal sealed class RankingSample(Func<ViewerId, IReadOnlySet<TitleId>> ratedLater) : IDecisionLog
{
    private const int OthersKept = 60;

    private readonly List<float> _rows = [];
    private readonly List<float> _labels = [];
    private readonly List<int> _groups = [];
    private FeatureLayout? _layout;

    public int Groups => _groups.Count;

    public int Rows => _labels.Count;

    public bool TryAppend(in RankingRecord record)
    {
        IReadOnlySet<TitleId> rated = ratedLater(record.Viewer);
        _layout = record.Layout!;
        int count = record.Candidates.Length;
        int step = Math.Max(1, count / OthersKept);
        int before = _labels.Count;
        for (int i = 0; i < count; i++)
        {
            bool isRated = rated.Contains(record.Candidates[i]);
            if (!isRated && i % step != 0)
            {
                continue;
            }

            _labels.Add(isRated ? 1 : 0);
            for (int feature = 0; feature < _layout.Count; feature++)
            {
                _rows.Add(record.Features[(feature * count) + i]);
            }
        }

        _groups.Add(_labels.Count - before);
        return true;
    }

    /// <summary>What a share of the groups tell, and what the others do.</summary>
    public (BoostingData Train, BoostingData Validation) Split(double share)
    {
        int groups = (int)(_groups.Count * share);
        int rows = _groups.Take(groups).Sum();
        return (Take(0, rows, _groups[..groups]), Take(rows, _labels.Count - rows, _groups[groups..]));
    }

    private BoostingData Take(int from, int count, List<int> groups)
    {
        int width = _layout!.Count;
        ImmutableArray<string> names = [.. _layout.Features.Select(feature => feature.Name)];
        return BoostingData.FromRows(
            names,
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows).Slice(from * width, count * width),
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_labels).Slice(from, count),
            [.. groups]);
    }
}
