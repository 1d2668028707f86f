using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.Segments.Rules;

/// <summary>What a rule looks at.</summary>
internal readonly ref struct RuleContext(in ViewerTraits traits, EventTime now, Vocabulary vocabulary)
{
    private readonly ref readonly ViewerTraits _traits = ref traits;

    public ref readonly ViewerTraits Traits => ref _traits;

    public EventTime Now { get; } = now;

    public Vocabulary Vocabulary { get; } = vocabulary;
}
