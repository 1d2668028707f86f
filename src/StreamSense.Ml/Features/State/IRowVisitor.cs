namespace StreamSense.Ml.Features.State;

/// <summary>Takes what it needs from a row that may change while it looks.</summary>
internal interface IRowVisitor
{
    /// <summary>Looks at the words; what is seen may be torn, and is then asked for again.</summary>
    void Visit(ref long words);
}
