namespace StreamSense.Ml.Ranking;

/// <summary>The place of the model in service: a model is put there while requests go on.</summary>
/// <remarks>
/// A request reads the slot once and keeps what it read to its end, so it never sees half of two models; the old model is left to the
/// garbage collector. All members may be used by many threads.
/// </remarks>
public sealed class ModelSlot
{
    private IRanker _current;

    /// <summary>Makes a slot with its first model.</summary>
    /// <param name="first">The model.</param>
    public ModelSlot(IRanker first)
    {
        ArgumentNullException.ThrowIfNull(first);
        _current = first;
    }

    /// <summary>The model in service.</summary>
    public IRanker Current => Volatile.Read(ref _current);

    /// <summary>Puts a model into service.</summary>
    /// <param name="next">The model.</param>
    /// <returns>The model that was there.</returns>
    /// <exception cref="ArgumentException">It reads another feature layout than the one in service.</exception>
    public IRanker Publish(IRanker next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next.Layout.Hash != Current.Layout.Hash || next.Info.LayoutHash != next.Layout.Hash)
        {
            throw new ArgumentException(
                $"The model {next.Info} reads the feature layout {next.Layout.Hash:x16}; this place holds {Current.Layout.Hash:x16}.",
                nameof(next));
        }

        return Interlocked.Exchange(ref _current, next);
    }
}
