using StreamSense.Core.Events;
using StreamSense.Ml.Models;
using StreamSense.Tool.Evaluating;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Modelling;

/// <summary>Ranks all titles of a collaborative model for one viewer, but for those that the viewer took.</summary>
internal static class TitleRanking
{
    /// <summary>Ranks.</summary>
    /// <exception cref="InputException">It is not said who the viewer is, or a file cannot be used.</exception>
    public static RankReport Run(
        TitleModel model, ModelCard card, RankOptions options, EvaluateProgress? progress, CancellationToken cancellationToken)
    {
        if (options.DataFile is not null)
        {
            throw new InputException($"{card} ranks titles for a viewer; --data is for models of features");
        }

        (string Title, float Value)[] taken = Taken(options, progress, cancellationToken);
        (int Item, float Value)[] history =
        [
            .. taken.Select(title => (Item: model.ItemOf(NameTable.IdOf(title.Title)), title.Value))
                .Where(title => title.Item >= 0).DistinctBy(title => title.Item).OrderBy(title => title.Item),
        ];
        var scores = new float[model.Model.Items];
        model.Model.Score(
            -1,
            [.. history.Select(title => title.Item)],
            [.. history.Select(title => title.Value)],
            scores,
            new byte[model.Model.ScratchBytes]);
        var had = history.Select(title => title.Item).ToHashSet();
        int[] best =
        [
            .. Enumerable.Range(0, scores.Length).Where(item => !had.Contains(item))
                .OrderByDescending(item => scores[item]).ThenBy(item => item).Take(options.Top),
        ];
        return new RankReport(
            card,
            [.. best.Select((item, i) => new RankedPlace(0, i + 1, model.Titles[item], scores[item]))],
            history.Length,
            taken.Length);
    }

    private static (string Title, float Value)[] Taken(
        RankOptions options, EvaluateProgress? progress, CancellationToken cancellationToken)
    {
        if (options.HistoryFile is not { } path)
        {
            return [.. options.Titles.Select(title => (title, 1f))];
        }

        if (options.Viewer is not { } viewer)
        {
            throw new InputException("--history has many viewers; --viewer says which one is meant");
        }

        RatingSet set = RatingSet.Read(path, options.MapFile, progress, cancellationToken);
        int user = set.UserOf(viewer);
        if (user < 0)
        {
            throw new InputException($"{path} has no viewer '{viewer}'");
        }

        var taken = new (string Title, float Value)[set.Matrix.ItemsOf(user).Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = (set.Titles[set.Matrix.ItemsOf(user)[i]], set.Matrix.ValuesOf(user)[i]);
        }

        return taken;
    }
}
