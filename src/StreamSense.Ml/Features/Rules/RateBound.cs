namespace StreamSense.Ml.Features.Rules;

/// <summary>Which number a <see cref="RateRule"/> gives.</summary>
/// <remarks>
/// With <c>n</c> of <c>d</c>, <c>p = n / d</c> held between 0 and 1 and <c>z</c> deviations. Wilson: <c>(p + z²/2d ± z √(p(1 - p)/d +
/// z²/4d²)) /
/// (1 + z²/d)</c> (Wilson, "Probable inference", JASA 1927), 0 and 1 where <c>d</c> is 0. Beta: mean ± z deviations of
/// the distribution Beta(w + n, w D/N - w + d - n), held between 0 and 1, where w, N and D are the prior's.
/// </remarks>
public enum RateBound : byte
{
    /// <summary>The smoothed ratio itself.</summary>
    None = 0,

    /// <summary>The lower end of Wilson's interval, of the ratio without a prior.</summary>
    WilsonLower = 1,

    /// <summary>The upper end of Wilson's interval, of the ratio without a prior.</summary>
    WilsonUpper = 2,

    /// <summary>The lower bound of the ratio after the prior.</summary>
    BetaLower = 3,

    /// <summary>The upper bound of the ratio after the prior.</summary>
    BetaUpper = 4,
}
