using System.Globalization;

namespace StreamSense.Ml.Features.Segments.Rules;

/// <summary>Reads the text of a rule by recursive descent; depth and length are bounded.</summary>
internal sealed class RuleParser(string text)
{
    private const int MaxLength = 4096;
    private const int MaxDepth = 64;

    private static readonly (string Text, RuleOperator Operator)[] Operators =
    [
        ("==", RuleOperator.Equal), ("!=", RuleOperator.NotEqual), ("<=", RuleOperator.LessOrEqual), (">=", RuleOperator.GreaterOrEqual),
        ("<", RuleOperator.Less), (">", RuleOperator.Greater),
    ];

    private int _at;
    private int _depth;

    public RuleNode Parse()
    {
        if (text.Length > MaxLength)
        {
            throw new FormatException($"A rule has at most {MaxLength} characters.");
        }

        RuleNode rule = ParseOr();
        SkipBlanks();
        return _at == text.Length ? rule : throw Wrong("expected 'and', 'or' or the end");
    }

    private RuleNode ParseOr()
    {
        RuleNode left = ParseAnd();
        while (TryWord("or"))
        {
            left = new RuleNode.Or(left, ParseAnd());
        }

        return left;
    }

    private RuleNode ParseAnd()
    {
        RuleNode left = ParseNot();
        while (TryWord("and"))
        {
            left = new RuleNode.And(left, ParseNot());
        }

        return left;
    }

    private RuleNode ParseNot()
    {
        if (++_depth > MaxDepth)
        {
            throw Wrong($"nested deeper than {MaxDepth}");
        }

        RuleNode node;
        if (TryWord("not"))
        {
            node = new RuleNode.Not(ParseNot());
        }
        else if (TrySign("("))
        {
            node = ParseOr();
            Expect(")");
        }
        else
        {
            node = ParseComparison();
        }

        _depth--;
        return node;
    }

    private RuleNode ParseComparison()
    {
        SkipBlanks();
        int start = _at;
        string name = TakeWord();
        if (RuleTrait.Find(name) is not { } trait)
        {
            _at = start;
            throw Wrong(name.Length == 0 ? "expected a name" : $"there is no '{name}'; there are: {RuleTrait.Names}");
        }

        if (TryWord("in"))
        {
            return ParseIn(trait);
        }

        foreach ((string sign, RuleOperator comparison) in Operators)
        {
            if (TrySign(sign))
            {
                return trait.IsText ? ParseText(trait, comparison) : new RuleNode.Numbers(trait, comparison, TakeNumber());
            }
        }

        // A number by itself is a question: is it anything but 0?
        return trait.IsText ? throw Wrong("expected a comparison") : new RuleNode.Numbers(trait, RuleOperator.NotEqual, 0);
    }

    private RuleNode ParseText(RuleTrait trait, RuleOperator comparison)
    {
        if (comparison is not (RuleOperator.Equal or RuleOperator.NotEqual))
        {
            throw Wrong($"'{trait.Name}' is a text: it is compared with == and != only");
        }

        RuleNode equals = new RuleNode.Texts(trait, [TakeText()]);
        return comparison == RuleOperator.Equal ? equals : new RuleNode.Not(equals);
    }

    private RuleNode ParseIn(RuleTrait trait)
    {
        Expect("(");
        var texts = new List<string>();
        RuleNode? numbers = null;
        do
        {
            if (trait.IsText)
            {
                texts.Add(TakeText());
            }
            else
            {
                var equal = new RuleNode.Numbers(trait, RuleOperator.Equal, TakeNumber());
                numbers = numbers is null ? equal : new RuleNode.Or(numbers, equal);
            }
        }
        while (TrySign(","));
        Expect(")");
        return numbers ?? new RuleNode.Texts(trait, [.. texts]);
    }

    private double TakeNumber()
    {
        SkipBlanks();
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '.' or '-' or '+'))
        {
            _at++;
        }

        if (double.TryParse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number))
        {
            return number;
        }

        _at = start;
        throw Wrong("expected a number");
    }

    private string TakeText()
    {
        SkipBlanks();
        int end = _at < text.Length && text[_at] == '"' ? text.IndexOf('"', _at + 1) : -1;
        if (end < 0)
        {
            throw Wrong("expected a text in double quotes");
        }

        string value = text[(_at + 1)..end];
        _at = end + 1;
        return value;
    }

    private string TakeWord()
    {
        SkipBlanks();
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return text[start.._at];
    }

    private bool TryWord(string word)
    {
        int start = _at;
        if (string.Equals(TakeWord(), word, StringComparison.Ordinal))
        {
            return true;
        }

        _at = start;
        return false;
    }

    private bool TrySign(string sign)
    {
        SkipBlanks();
        if (!text.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal))
        {
            return false;
        }

        _at += sign.Length;
        return true;
    }

    private void Expect(string sign)
    {
        if (!TrySign(sign))
        {
            throw Wrong($"expected '{sign}'");
        }
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    private FormatException Wrong(string what) => new($"At character {_at + 1} of the rule '{text}': {what}.");
}
