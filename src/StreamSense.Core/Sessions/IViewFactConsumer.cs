namespace StreamSense.Core.Sessions;

/// <summary>Follows the views of a shard: features, candidates and outcomes are fed by it.</summary>
/// <remarks>Called by the shard's thread, in the shard's order. Allocates nothing per fact and throws only for defects.</remarks>
public interface IViewFactConsumer
{
    /// <summary>Takes the next facts.</summary>
    /// <param name="facts">The facts; not to be kept.</param>
    void Consume(ReadOnlySpan<ViewFact> facts);
}
