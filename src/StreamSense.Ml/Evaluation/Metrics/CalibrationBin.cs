namespace StreamSense.Ml.Evaluation.Metrics;

/// <summary>One bin of a reliability diagram.</summary>
/// <param name="Count">How many predictions fall into it.</param>
/// <param name="MeanPrediction">Their mean.</param>
/// <param name="Share">The share of them that came true.</param>
public readonly record struct CalibrationBin(int Count, double MeanPrediction, double Share)
{
    /// <summary>How far what was said lies from what happened.</summary>
    public double Gap => Math.Abs(MeanPrediction - Share);
}
