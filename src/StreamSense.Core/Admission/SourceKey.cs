using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>What a scorecard has a row for: a source and an app version.</summary>
internal readonly record struct SourceKey(Symbol Source, Symbol App)
{
    /// <summary>Those for which there was no row left.</summary>
    public static SourceKey Other => new(Symbol.Other, Symbol.Other);
}
