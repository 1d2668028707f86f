using StreamSense.Ml.Features.Declarations;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features;

/// <summary>Declares features in code.</summary>
/// <remarks>One thread at a time.</remarks>
public sealed class FeatureSetBuilder
{
    private readonly List<FeatureDefinition> _features = [];

    /// <summary>Adds a feature.</summary>
    /// <param name="feature">The feature, with its rule.</param>
    /// <returns>This builder.</returns>
    public FeatureSetBuilder Add(FeatureDefinition feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        _features.Add(feature);
        return this;
    }

    /// <summary>Adds a feature.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope">Whose memory it is read from.</param>
    /// <param name="rule">How it is kept and read.</param>
    /// <returns>This builder.</returns>
    public FeatureSetBuilder Add(string name, FeatureScope scope, FeatureRule rule) =>
        Add(new FeatureDefinition(name, scope) { Rule = rule });

    /// <summary>Adds a feature that is computed from others.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="expression">The expression; see <see cref="ExpressionRule"/>.</param>
    /// <param name="scope">Whose it is: what is a person's needs their consent.</param>
    /// <returns>This builder.</returns>
    public FeatureSetBuilder Add(string name, string expression, FeatureScope scope = FeatureScope.Request) =>
        Add(name, scope, new ExpressionRule(expression));

    /// <summary>Adds a sum over each of some windows, named by their lengths: <c>title.plays.1h</c>, <c>title.plays.7d</c>.</summary>
    /// <param name="name">The name before the length.</param>
    /// <param name="scope">Whose memory they are read from.</param>
    /// <param name="of">What is summed.</param>
    /// <param name="windows">The windows.</param>
    /// <returns>This builder.</returns>
    public FeatureSetBuilder AddWindows(string name, FeatureScope scope, EventSelector of, params ReadOnlySpan<TimeSpan> windows)
    {
        foreach (TimeSpan window in windows)
        {
            Add($"{name}.{DurationText.Of(window)}", scope, new WindowRule(of, window));
        }

        return this;
    }

    /// <summary>Adds all features of another set.</summary>
    /// <param name="features">The set.</param>
    /// <returns>This builder.</returns>
    public FeatureSetBuilder AddAll(FeatureSet features)
    {
        ArgumentNullException.ThrowIfNull(features);
        _features.AddRange(features.Features);
        return this;
    }

    /// <summary>Checks the features and makes a set of them.</summary>
    /// <exception cref="FeatureSetException">A feature cannot be; the message says which and why.</exception>
    public FeatureSet Build() => new([.. _features]);
}
