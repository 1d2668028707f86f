using System.Collections.Immutable;
using System.Globalization;
using StreamSense.Ml.Evaluation.Splits;
using StreamSense.Ml.Models;
using StreamSense.Ml.Ranking.Trees;
using StreamSense.Ml.Training.Boosting;
using StreamSense.Ml.Training.Linear;
using StreamSense.Tool.Evaluating;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Modelling;

/// <summary>Trains a model on rows of features.</summary>
internal static class FeatureTraining
{
    /// <summary>The name of boosted trees that order rows.</summary>
    public const string LambdaMart = "lambdamart";

    /// <summary>The name of boosted trees that predict numbers or probabilities.</summary>
    public const string Boosting = "gbdt";

    /// <summary>The name of logistic regression.</summary>
    public const string Logistic = "logistic";

    /// <summary>The tag by which a model file tells what an absent feature is.</summary>
    public const string AbsentTag = "absent";

    /// <summary>What <see cref="AbsentTag"/> says where an absent feature is missing.</summary>
    public const string Missing = "missing";

    private const string Zero = "zero";

    /// <summary>Options of logistic regression.</summary>
    public static ModelOptions<LogisticOptions> LogisticSettings => new ModelOptions<LogisticOptions>()
        .Number("regularisation", (options, value) => options.Regularisation = value, "regularization", "lambda")
        .Whole("maxIterations", (options, value) => options.MaxIterations = value)
        .Whole("maxColumns", (options, value) => options.MaxColumns = value)
        .Whole("threads", (options, value) => options.Threads = value);

    /// <summary>Trains it, first on a part to measure it (and to see how many trees are best), then on all.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="progress">Is told how far it is; may be null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A file cannot be used, or an option of the model.</exception>
    public static TrainedModel Run(TrainOptions options, EvaluateProgress? progress, CancellationToken cancellationToken)
    {
        bool isLogistic = options.Model is Logistic;
        bool absentIsMissing = options.AbsentIsMissing ?? !isLogistic;
        FeatureRows rows = FeatureRows.Read(
            options.DataFile, options.QueryFile, absentIsMissing, FeatureColumns.Load(options.FeaturesFile), cancellationToken);
        try
        {
            TrainedModel trained = isLogistic
                ? TrainLogistic(options, rows, progress, cancellationToken)
                : TrainTrees(options, rows, progress, cancellationToken);
            ImmutableSortedDictionary<string, string> tags = ImmutableSortedDictionary<string, string>.Empty
                .Add(AbsentTag, absentIsMissing ? Missing : Zero)
                .Add(FeatureColumns.FirstIndexTag, rows.FirstIndex.ToString(CultureInfo.InvariantCulture));
            return trained with { Layout = rows.Described(), Tags = tags };
        }
        catch (ArgumentException exception)
        {
            throw new InputException($"{options.Model} cannot be trained with these data: {exception.Message}", exception);
        }
    }

    private static TrainedModel TrainTrees(
        TrainOptions options, FeatureRows rows, EvaluateProgress? progress, CancellationToken cancellationToken)
    {
        BoostingSettings settings = BoostingSettings.All.Read(options.Model, options.ModelOptions);
        BoostingObjective objective = ObjectiveOf(options.Model, settings, rows);
        BoostingOptions boosting = settings.Options with { Objective = objective, Seed = options.Seed };
        ImmutableSortedDictionary<string, double> metrics = ImmutableSortedDictionary<string, double>.Empty;
        (FeatureRows train, FeatureRows test) = Split(rows, options.HoldOut);
        if (train.Count > 0 && test.Count > 0)
        {
            BoostedTrees measured = new BoostingTrainer(boosting).Train(
                DataOf(train, objective), DataOf(test, objective), progress, cancellationToken);
            boosting = boosting with { Trees = Math.Max(1, measured.Ensemble.Trees.Length) };
            metrics = Measure(objective, test, Scores(measured.Ensemble, test));
        }

        TreeEnsemble ensemble = new BoostingTrainer(boosting).Train(DataOf(rows, objective), null, progress, cancellationToken).Ensemble;
        return new TrainedModel(
            card => ModelFile.Create(card, ensemble, ModelCodecs.Trees), metrics, new ModelDataRange(rows.Count))
        {
            Notes = [string.Create(CultureInfo.InvariantCulture, $"{ensemble.Trees.Length} trees, objective {objective}")],
        };
    }

    private static TrainedModel TrainLogistic(
        TrainOptions options, FeatureRows rows, EvaluateProgress? progress, CancellationToken cancellationToken)
    {
        var trainer = new LogisticTrainer(LogisticSettings.Read(options.Model, options.ModelOptions));
        ImmutableSortedDictionary<string, double> metrics = ImmutableSortedDictionary<string, double>.Empty;
        (FeatureRows train, FeatureRows test) = Split(rows, options.HoldOut);
        if (train.Count > 0 && test.Count > 0)
        {
            LogisticModel measured = trainer.Train(RowsOf(train), progress, cancellationToken);
            double[] predicted = [.. Enumerable.Range(0, test.Count).Select(row => measured.Predict(test.RowOf(row)))];
            metrics = FeatureMetrics.Binary(test, predicted);
        }

        LogisticModel model = trainer.Train(RowsOf(rows), progress, cancellationToken);
        return new TrainedModel(
            card => ModelFile.Create(card, model.ToLinearModel(rows.Layout, card.Name, card.Version), ModelCodecs.Linear),
            metrics,
            new ModelDataRange(rows.Count))
        {
            Notes = ["scores are log-odds"],
        };
    }

    private static BoostingObjective ObjectiveOf(string model, BoostingSettings settings, FeatureRows rows)
    {
        if (model is LambdaMart)
        {
            return rows.GroupSizes is not null
                ? BoostingObjective.LambdaMart
                : throw new InputException("lambdamart needs queries: 'qid' in the rows, a file DATA.query beside them, or --query FILE");
        }

        return settings.Objective
            ?? (rows.Labels.All(label => label is 0 or 1) ? BoostingObjective.Logistic : BoostingObjective.Squared);
    }

    private static (FeatureRows Train, FeatureRows Test) Split(FeatureRows rows, double share)
    {
        bool IsHeld(int group) => SplitHash.Of("holdout", group.ToString(CultureInfo.InvariantCulture)) < share;
        return share <= 0 ? (rows, rows.Where(_ => false)) : (rows.Where(group => !IsHeld(group)), rows.Where(IsHeld));
    }

    private static BoostingData DataOf(FeatureRows rows, BoostingObjective objective)
    {
        ImmutableArray<string> names = [.. rows.Layout.Features.Select(feature => feature.Name)];
        BoostingData data = BoostingData.FromRows(names, rows.Values, rows.Labels);
        return objective is not BoostingObjective.LambdaMart
            ? data
            : new BoostingData(
                names, [.. Enumerable.Range(0, rows.Columns).Select(i => (ReadOnlyMemory<float>)data.Column(i).ToArray())], data.Labels)
            {
                GroupSizes = rows.GroupSizes!.Value,
            };
    }

    private static LabelledRows RowsOf(FeatureRows rows) => new(rows.Values, rows.Columns, rows.Labels);

    private static double[] Scores(TreeEnsemble ensemble, FeatureRows rows)
    {
        var scorer = new TreeScorer(ensemble);
        var scores = new double[rows.Count];
        scorer.Score(TreeRows.FromRows(rows.Values, rows.Count, rows.Columns), scores, new byte[scorer.ScratchBytes(rows.Count)]);
        return scores;
    }

    private static ImmutableSortedDictionary<string, double> Measure(BoostingObjective objective, FeatureRows rows, double[] scores) =>
        objective switch
        {
            BoostingObjective.LambdaMart => FeatureMetrics.Ranking(rows, scores),
            BoostingObjective.Logistic => FeatureMetrics.Binary(rows, scores),
            _ => FeatureMetrics.Numbers(rows, scores),
        };
}
