using System.Collections.Immutable;
using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Serving;
using StreamSense.Ml.Ranking;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Modelling;

/// <summary>Ranks the rows of each query by a model of features, as a host's requests would be.</summary>
internal static class RowRanking
{
    /// <summary>Ranks.</summary>
    /// <exception cref="InputException">There are no rows, or they do not fit the model.</exception>
    public static RankReport Run(ModelFile file, RankOptions options, CancellationToken cancellationToken)
    {
        ModelCard card = file.Card;
        if (options.DataFile is not { } path)
        {
            throw new InputException($"{card} ranks rows of features; --data says which");
        }

        FeatureColumns columns = FeatureColumns.Of(card);
        bool absentIsMissing = string.Equals(
            card.Tags.GetValueOrDefault(FeatureTraining.AbsentTag), FeatureTraining.Missing, StringComparison.Ordinal);
        FeatureRows rows = FeatureRows.Read(path, options.QueryFile, absentIsMissing, columns, cancellationToken);
        IRanker ranker = RegistryAccess.Do(() => new RankerLoader().Load(file, columns.Layout!));
        ImmutableArray<int> sizes = rows.GroupSizes ?? [rows.Count];
        var places = new List<RankedPlace>();
        int first = 0;
        for (int query = 0; query < sizes.Length; query++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Rank(ranker, rows, first, sizes[query], query + 1, options.Top, places);
            first += sizes[query];
        }

        return new RankReport(card, places);
    }

    private static void Rank(
        IRanker ranker, FeatureRows rows, int first, int count, int query, int top, List<RankedPlace> into)
    {
        var columns = new float[count * rows.Columns];
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> values = rows.RowOf(first + row);
            for (int column = 0; column < values.Length; column++)
            {
                columns[(column * count) + row] = values[column];
            }
        }

        TitleId[] titles = [.. Enumerable.Range(first + 1, count).Select(row => new TitleId((ulong)row))];
        var scores = new float[count];
        ranker.Score(default, new CandidateBatch(titles, columns, ranker.Layout), scores, new byte[ranker.ScratchBytes(count)]);
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(row => scores[row]).ThenBy(row => row).Take(top)];
        for (int rank = 0; rank < order.Length; rank++)
        {
            string number = (first + order[rank] + 1).ToString(CultureInfo.InvariantCulture);
            into.Add(new RankedPlace(query, rank + 1, number, scores[order[rank]]));
        }
    }
}
