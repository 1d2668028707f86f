using StreamSense.Ml.Ranking.Trees;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Scoring;

/// <summary>Scores the rows of a file by a model.</summary>
internal static class ScoreRun
{
    /// <summary>Runs.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">A file cannot be read or does not fit.</exception>
    public static ScoreReport Run(ScoreOptions options, Stream standardInput, CancellationToken cancellationToken)
    {
        ImportedModel model = ImportedModel.Read(options.ModelFile, cancellationToken);
        ScoreRows rows = ScoreRows.Read(
            options.DataFile, standardInput, model.Ensemble, options.AbsentIsZero ?? model.AbsentIsZero, cancellationToken);
        TreeScorer scorer;
        try
        {
            scorer = new TreeScorer(model.Ensemble);
        }
        catch (ArgumentException defect)
        {
            throw new InputException($"{options.ModelFile} cannot be scored: {defect.Message}", defect);
        }

        double[] scores = new double[rows.Count];
        scorer.Score(
            TreeRows.FromRows(rows.Values, rows.Count, model.Ensemble.FeatureNames.Length),
            scores,
            new byte[scorer.ScratchBytes(rows.Count)],
            options.Output);
        return new ScoreReport(model, options.Output, scores, rows.LeftOut);
    }
}
