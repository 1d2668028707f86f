using System.Globalization;

namespace StreamSense.Ml.Features.Expressions;

/// <summary>Reads the text of an expression.</summary>
/// <remarks>By recursive descent; nesting and length are bounded. Comparisons bind least, then sums, then products, then a sign.</remarks>
internal ref struct ExpressionParser
{
    private const int MostCharacters = 4096;
    private const int MostNesting = 64;

    private readonly ReadOnlySpan<char> _text;
    private readonly string _path;
    private int _at;
    private int _depth;

    private ExpressionParser(string text, string path)
    {
        _text = text;
        _path = path;
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">What to name it by in an exception.</param>
    /// <exception cref="FeatureSetException">It is not one.</exception>
    public static ExpressionNode Parse(string text, string path)
    {
        if (text.Length > MostCharacters)
        {
            throw new FeatureSetException(path, $"an expression has at most {MostCharacters} characters.");
        }

        var parser = new ExpressionParser(text, path);
        ExpressionNode node = parser.ReadComparison();
        return parser._at == text.Length ? node : throw parser.Unexpected();
    }

    private ExpressionNode ReadComparison()
    {
        if (++_depth > MostNesting)
        {
            throw new FeatureSetException(_path, $"an expression is nested at most {MostNesting} deep.");
        }

        ExpressionNode left = ReadSum();
        while (true)
        {
            if (Take("<="))
            {
                left = ExpressionNode.Of(ExpressionOperation.LessOrEqual, left, ReadSum());
            }
            else if (Take(">="))
            {
                left = ExpressionNode.Of(ExpressionOperation.LessOrEqual, ReadSum(), left);
            }
            else if (Take("=="))
            {
                left = ExpressionNode.Of(ExpressionOperation.Equal, left, ReadSum());
            }
            else if (Take("!="))
            {
                left = ExpressionNode.Of(ExpressionOperation.Unequal, left, ReadSum());
            }
            else if (Take("<"))
            {
                left = ExpressionNode.Of(ExpressionOperation.Less, left, ReadSum());
            }
            else if (Take(">"))
            {
                left = ExpressionNode.Of(ExpressionOperation.Less, ReadSum(), left);
            }
            else
            {
                _depth--;
                return left;
            }
        }
    }

    private ExpressionNode ReadSum()
    {
        ExpressionNode left = ReadProduct();
        while (true)
        {
            if (Take("+"))
            {
                left = ExpressionNode.Of(ExpressionOperation.Add, left, ReadProduct());
            }
            else if (Take("-"))
            {
                left = ExpressionNode.Of(ExpressionOperation.Subtract, left, ReadProduct());
            }
            else
            {
                return left;
            }
        }
    }

    private ExpressionNode ReadProduct()
    {
        ExpressionNode left = ReadSigned();
        while (true)
        {
            if (Take("*"))
            {
                left = ExpressionNode.Of(ExpressionOperation.Multiply, left, ReadSigned());
            }
            else if (Take("/"))
            {
                left = ExpressionNode.Of(ExpressionOperation.Divide, left, ReadSigned());
            }
            else
            {
                return left;
            }
        }
    }

    private ExpressionNode ReadSigned()
    {
        bool negative = false;
        while (Take("-"))
        {
            negative = !negative;
        }

        ExpressionNode value = ReadValue();
        return negative ? ExpressionNode.Of(ExpressionOperation.Subtract, ExpressionNode.Of(0.0), value) : value;
    }

    private ExpressionNode ReadValue()
    {
        if (Take("("))
        {
            ExpressionNode inner = ReadComparison();
            Expect(")");
            return inner;
        }

        SkipSpace();
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.'))
        {
            _at++;
        }

        ReadOnlySpan<char> word = _text[start.._at];
        if (word.IsEmpty)
        {
            throw Unexpected();
        }

        if (char.IsAsciiDigit(word[0]) || word[0] == '.')
        {
            bool isNumber = double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
            return isNumber ? ExpressionNode.Of(number) : throw new FeatureSetException(_path, $"'{word}' is not a number.");
        }

        return Take("(") ? ReadCall(word.ToString()) : ExpressionNode.Of(word.ToString());
    }

    private ExpressionNode ReadCall(string name)
    {
        (ExpressionOperation operation, int count) = name switch
        {
            "min" => (ExpressionOperation.Minimum, 2),
            "max" => (ExpressionOperation.Maximum, 2),
            "log" => (ExpressionOperation.Logarithm, 1),
            "log1p" => (ExpressionOperation.LogarithmOfOneMore, 1),
            "exp" => (ExpressionOperation.Exponential, 1),
            "sqrt" => (ExpressionOperation.Root, 1),
            "abs" => (ExpressionOperation.Absolute, 1),
            "if" => (ExpressionOperation.Choose, 3),
            "if_missing" => (ExpressionOperation.IfMissing, 2),
            _ => throw new FeatureSetException(_path, $"there is no function '{name}'."),
        };
        var operands = new ExpressionNode[count];
        for (int i = 0; i < count; i++)
        {
            operands[i] = ReadComparison();
            Expect(i < count - 1 ? "," : ")");
        }

        return ExpressionNode.Of(operation, operands);
    }

    private void Expect(string sign)
    {
        if (!Take(sign))
        {
            throw new FeatureSetException(_path, $"'{sign}' was expected at character {_at + 1}.");
        }
    }

    private bool Take(string sign)
    {
        SkipSpace();
        if (!_text[_at..].StartsWith(sign, StringComparison.Ordinal))
        {
            return false;
        }

        _at += sign.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private readonly FeatureSetException Unexpected() => _at < _text.Length
        ? new FeatureSetException(_path, $"'{_text[_at]}' was not expected at character {_at + 1}.")
        : new FeatureSetException(_path, "the expression ends too early.");
}
