namespace StreamSense.Ml.Ranking.Trees;

/// <summary>What is asked of an ensemble.</summary>
public enum TreeOutput : byte
{
    /// <summary>The answer: the sum through the link, for example a probability.</summary>
    Answer = 0,

    /// <summary>The sum of base score and leaves, before scale and link.</summary>
    Sum = 1,
}
