namespace StreamSense.Core.Sessions;

/// <summary>Sees the attempts that are open when a snapshot is taken.</summary>
internal interface IOpenViewVisitor
{
    /// <summary>Takes the next open attempt.</summary>
    void Visit(in ViewRow view);
}
