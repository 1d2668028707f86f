using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.Segments.Rules;

/// <summary>One thing that is known of a viewer, by the name that rules call it.</summary>
internal sealed class RuleTrait
{
    private const double MicrosecondsPerHour = 3_600_000_000.0;
    private const double MicrosecondsPerDay = 24 * MicrosecondsPerHour;

    private static readonly RuleTrait[] All =
    [
        new("plan") { TextOf = static (in RuleContext c) => c.Vocabulary.Terms.NameOf(c.Traits.Plan) },
        new("country") { TextOf = static (in RuleContext c) => c.Vocabulary.Countries.NameOf(c.Traits.Country) },
        new("device_kind") { TextOf = static (in RuleContext c) => c.Vocabulary.DeviceKinds.NameOf(c.Traits.DeviceKind) },
        new("plays") { NumberOf = static (in RuleContext c) => c.Traits.Plays },
        new("watch_hours") { NumberOf = static (in RuleContext c) => c.Traits.WatchMicroseconds / MicrosecondsPerHour },
        new("payments") { NumberOf = static (in RuleContext c) => c.Traits.Payments },
        new("amount") { NumberOf = static (in RuleContext c) => c.Traits.AmountMillionths / 1e6 },
        new("kids") { NumberOf = static (in RuleContext c) => c.Traits.Kids ? 1 : 0 },
        new("days_since_play") { DependsOnTime = true, NumberOf = static (in RuleContext c) => Days(c.Traits.LastPlay, c.Now) },
        new("days_since_first") { DependsOnTime = true, NumberOf = static (in RuleContext c) => Days(c.Traits.FirstSeen, c.Now) },
        new("days_a_member") { DependsOnTime = true, NumberOf = static (in RuleContext c) => Days(c.Traits.Since, c.Now) },
    ];

    private RuleTrait(string name) => Name = name;

    public delegate double? Number(in RuleContext context);

    public delegate string? Text(in RuleContext context);

    /// <summary>All names, for messages.</summary>
    public static string Names => string.Join(", ", All.Select(trait => trait.Name));

    public string Name { get; }

    public bool DependsOnTime { get; private init; }

    public bool IsText { get; private init; }

    public Number NumberOf { get; private init; } = static (in RuleContext _) => null;

    public Text TextOf
    {
        get;
        private init
        {
            field = value;
            IsText = true;
        }
    } = static (in RuleContext _) => null;

    public static RuleTrait? Find(string name) => Array.Find(All, trait => string.Equals(trait.Name, name, StringComparison.Ordinal));

    private static double? Days(EventTime from, EventTime now) => from == default
        ? null
        : Math.Max(0, now.UnixMicroseconds - from.UnixMicroseconds) / MicrosecondsPerDay;
}
