using StreamSense.Core.Events;
using StreamSense.Ml.Features.Segments.Rules;

namespace StreamSense.Ml.Features.Segments;

/// <summary>A segment by rule: a name and a condition on what is known of a viewer.</summary>
/// <remarks>
/// <para>For example <c>plan == "premium" and days_since_play &lt;= 7</c>. Texts: <c>plan</c>, <c>country</c>, <c>device_kind</c>. Numbers:
/// <c>plays</c>, <c>watch_hours</c>, <c>days_since_play</c>, <c>days_since_first</c>, <c>days_a_member</c>, <c>payments</c>, <c>amount</c>,
/// <c>kids</c> (0 or 1). Comparisons: <c>== != &lt; &lt;= &gt; &gt;=</c> and <c>in ("a", "b")</c>; <c>and</c>, <c>or</c>, <c>not</c> and
/// parentheses. A comparison with what is not known is unknown, as in SQL; a viewer is in the segment only if the whole is true.</para>
/// <para>Immutable and thread-safe; judging allocates nothing.</para>
/// </remarks>
public sealed class AudienceRule
{
    private readonly RuleNode _condition;

    private AudienceRule(string name, string text, RuleNode condition)
    {
        Name = name;
        Text = text;
        _condition = condition;
    }

    /// <summary>The segment's name.</summary>
    public string Name { get; }

    /// <summary>The condition as it was given.</summary>
    public string Text { get; }

    /// <summary>Whether the condition looks at the time, so that it may change without any event.</summary>
    public bool DependsOnTime => _condition.DependsOnTime;

    /// <summary>Reads a rule.</summary>
    /// <param name="name">The segment's name.</param>
    /// <param name="text">The condition.</param>
    /// <exception cref="FormatException">The condition cannot be read; the message says where and why.</exception>
    public static AudienceRule Parse(string name, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(text);
        return new AudienceRule(name, text, new RuleParser(text).Parse());
    }

    /// <summary>Whether a viewer is in the segment.</summary>
    /// <param name="traits">What is known of the viewer.</param>
    /// <param name="now">The time.</param>
    /// <param name="vocabulary">The names that the traits refer to.</param>
    public bool Holds(in ViewerTraits traits, EventTime now, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return _condition.Judge(new RuleContext(traits, now, vocabulary)) == true;
    }

    /// <summary>Name and condition.</summary>
    public override string ToString() => $"{Name}: {Text}";
}
