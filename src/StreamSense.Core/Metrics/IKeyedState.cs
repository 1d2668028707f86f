namespace StreamSense.Core.Metrics;

/// <summary>What is remembered of one key, such that parts of it that were gathered apart can be joined.</summary>
/// <remarks>
/// Joining is associative and commutative, so that it does not matter which shard, or which moment, learned what. A default value with
/// nothing applied is its identity.
/// </remarks>
/// <typeparam name="TSelf">The state itself.</typeparam>
internal interface IKeyedState<TSelf>
    where TSelf : unmanaged, IKeyedState<TSelf>
{
    /// <summary>Adds what another part knows of the same key.</summary>
    void Join(in TSelf other);
}
