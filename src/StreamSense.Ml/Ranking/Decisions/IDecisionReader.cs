namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>Gives the rankings of a log one after the other, in the order in which they were taken.</summary>
/// <remarks>One thread at a time.</remarks>
public interface IDecisionReader
{
    /// <summary>The ranking that was read last; its spans are valid until the next is read.</summary>
    /// <exception cref="InvalidOperationException">None was read.</exception>
    RankingRecord Current { get; }

    /// <summary>Reads the next ranking.</summary>
    /// <returns>False at the end.</returns>
    bool TryRead();
}
