using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>Lets through what a rule of the host lets through.</summary>
public sealed class RuleFilter : ICandidateFilter
{
    private readonly TitleRule _rule;

    /// <summary>Makes a filter of a rule.</summary>
    /// <param name="name">The name under which refusals are counted.</param>
    /// <param name="rule">The rule.</param>
    public RuleFilter(string name, TitleRule rule)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(rule);
        Name = name;
        _rule = rule;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Judge(in CandidateRequest request, ReadOnlySpan<CatalogueTitle> titles, Span<FilterVerdict> verdicts)
    {
        for (int i = 0; i < titles.Length; i++)
        {
            verdicts[i] = _rule(request, titles[i]) ? FilterVerdict.Allowed : FilterVerdict.Refused;
        }
    }
}
