namespace StreamSense.Core.Metrics;

/// <summary>A key with what is remembered of it.</summary>
/// <typeparam name="TRow">What is remembered.</typeparam>
/// <param name="Key">The key.</param>
/// <param name="Row">What is remembered.</param>
internal readonly record struct KeyedRow<TRow>(ulong Key, TRow Row)
    where TRow : unmanaged;
