namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Turns the sum of an ensemble into what is asked for.</summary>
/// <remarks>Computed in 64 bits and rounded once to the ensemble's arithmetic, so that every path gives the same bits.</remarks>
internal static class TreeAnswer
{
    /// <summary>Turns one sum into what is asked for.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="sum">The sum.</param>
    /// <param name="output">What is asked for.</param>
    public static double Of(TreeEnsemble ensemble, double sum, TreeOutput output)
    {
        if (output == TreeOutput.Sum || ensemble.Link == TreeLink.Identity)
        {
            return sum;
        }

        double scaled = sum * ensemble.LinkScale;
        double answer = ensemble.Link == TreeLink.Logistic ? 1 / (1 + Math.Exp(-scaled)) : Math.Exp(scaled);
        return ensemble.Arithmetic == TreeArithmetic.Single ? (float)answer : answer;
    }
}
