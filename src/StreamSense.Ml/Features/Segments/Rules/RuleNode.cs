namespace StreamSense.Ml.Features.Segments.Rules;

/// <summary>A condition of a rule, true, false or unknown.</summary>
internal abstract class RuleNode
{
    public abstract bool DependsOnTime { get; }

    public abstract bool? Judge(in RuleContext context);

    /// <summary>Both, as in SQL: false if one is false, though the other be unknown.</summary>
    internal sealed class And(RuleNode left, RuleNode right) : RuleNode
    {
        public override bool DependsOnTime => left.DependsOnTime || right.DependsOnTime;

        public override bool? Judge(in RuleContext context) => left.Judge(context) & right.Judge(context);
    }

    /// <summary>At least one, as in SQL: true if one is true, though the other be unknown.</summary>
    internal sealed class Or(RuleNode left, RuleNode right) : RuleNode
    {
        public override bool DependsOnTime => left.DependsOnTime || right.DependsOnTime;

        public override bool? Judge(in RuleContext context) => left.Judge(context) | right.Judge(context);
    }

    /// <summary>The opposite; of the unknown unknown.</summary>
    internal sealed class Not(RuleNode inner) : RuleNode
    {
        public override bool DependsOnTime => inner.DependsOnTime;

        public override bool? Judge(in RuleContext context) => !inner.Judge(context);
    }

    /// <summary>A number compared with a number.</summary>
    internal sealed class Numbers(RuleTrait left, RuleOperator comparison, double right) : RuleNode
    {
        public override bool DependsOnTime => left.DependsOnTime;

        public override bool? Judge(in RuleContext context) => left.NumberOf(context) is { } value
            ? comparison switch
            {
                RuleOperator.Equal => value.Equals(right),
                RuleOperator.NotEqual => !value.Equals(right),
                RuleOperator.Less => value < right,
                RuleOperator.LessOrEqual => value <= right,
                RuleOperator.Greater => value > right,
                _ => value >= right,
            }
            : null;
    }

    /// <summary>A text that is one of some.</summary>
    internal sealed class Texts(RuleTrait left, string[] right) : RuleNode
    {
        public override bool DependsOnTime => false;

        public override bool? Judge(in RuleContext context)
        {
            string? text = left.TextOf(context);
            if (text is null)
            {
                return null;
            }

            foreach (string candidate in right)
            {
                if (string.Equals(candidate, text, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
