namespace StreamSense.Ml.Features.Columns;

/// <summary>A number of the catalogue: duration, season, episode or kind.</summary>
/// <param name="word">The place of the word.</param>
/// <param name="read">Reads it.</param>
internal sealed class NumberColumn(Func<int> word, Func<long, double> read) : Column
{
    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, Span<double> result)
    {
        ReadOnlySpan<long> words = scratch.BlockOf(Table!).Words.AsSpan(word() * LaneLoop.Block, LaneLoop.Block);
        for (int i = 0; i < LaneLoop.Block; i++)
        {
            result[i] = read(words[i]);
        }
    }
}
