using System.Text.RegularExpressions;

namespace StreamSense.Tidy.Tests.Source;

/// <summary>The types and functions of one file, found by a scan of its braces.</summary>
internal sealed partial class CodeOutline
{
    private readonly string _code;
    private readonly Stack<Block> _open = new();
    private readonly List<DeclaredType> _types = [];
    private readonly List<DeclaredFunction> _functions = [];
    private Block? _expression;

    /// <summary>Scans blanked code.</summary>
    public CodeOutline(string blankedCode)
    {
        _code = blankedCode;
        int headerStart = 0;
        int line = 1;
        for (int i = 0; i < _code.Length; i++)
        {
            switch (_code[i])
            {
                case '\n':
                    line++;
                    break;
                case '{':
                    Open(_code[headerStart..i], headerStart, line);
                    headerStart = i + 1;
                    break;
                case '}':
                    Close(line);
                    headerStart = i + 1;
                    break;
                case ';':
                    Statement(_code[headerStart..i], headerStart, line);
                    headerStart = i + 1;
                    break;
            }
        }
    }

    private enum BlockKind
    {
        Other,
        Type,
        Function,
    }

    /// <summary>Every type, nested ones too.</summary>
    public IReadOnlyList<DeclaredType> Types => _types;

    /// <summary>Every method, constructor, accessor and operator with a body.</summary>
    public IReadOnlyList<DeclaredFunction> Functions => _functions;

    private bool InFunction => _open.Any(block => block.Kind is BlockKind.Function);

    private bool InType => _open.TryPeek(out Block block) && block.Kind is BlockKind.Type;

    [GeneratedRegex(@"\b(?<kind>class|struct|interface|enum|record(\s+(class|struct))?)\s+(?!where\b)(?<name>[A-Za-z_]\w*)")]
    private static partial Regex TypePattern { get; }

    [GeneratedRegex(@"\b(?<kind>delegate)\s+[^(]+?\s(?<name>[A-Za-z_]\w*)\s*[<(]")]
    private static partial Regex DelegatePattern { get; }

    [GeneratedRegex(@"(?<name>\boperator\s*[^\s(]+|[A-Za-z_]\w*)\s*(<[^()]*>)?\s*\(")]
    private static partial Regex FunctionNamePattern { get; }

    [GeneratedRegex(@"\boperator\s*\S+?(?=\()|=>|[=!<>]=|\([^()]*\)|\[[^\[\]]*\]")]
    private static partial Regex NoAssignmentPattern { get; }

    private void Open(string header, int headerStart, int line)
    {
        if (!InFunction && Declares(header, headerStart))
        {
            _open.Push(new Block(BlockKind.Type, string.Empty, line));
        }
        else if (InType && _expression is null && ArrowOf(header) is var arrow and >= 0)
        {
            // An expression with braces in it: its end is the semicolon.
            _expression = new Block(BlockKind.Function, NameOf(header[..arrow]), line - header.AsSpan(arrow).Count('\n'));
            _open.Push(new Block(BlockKind.Other, string.Empty, line));
        }
        else if (InType && _expression is null && !IsAssignment(header))
        {
            _open.Push(new Block(BlockKind.Function, NameOf(header), line));
        }
        else
        {
            _open.Push(new Block(BlockKind.Other, string.Empty, line));
        }
    }

    private void Close(int line)
    {
        if (_open.TryPop(out Block block) && block.Kind is BlockKind.Function)
        {
            _functions.Add(new DeclaredFunction(block.Name, block.Line, line - block.Line + 1));
        }
    }

    private void Statement(string header, int headerStart, int line)
    {
        if (InFunction || Declares(header, headerStart) || !InType)
        {
            return;
        }

        if (_expression is { } expression)
        {
            _functions.Add(new DeclaredFunction(expression.Name, expression.Line, line - expression.Line + 1));
            _expression = null;
        }
        else if (ArrowOf(header) is var arrow and >= 0)
        {
            int lines = header.AsSpan(arrow).Count('\n') + 1;
            _functions.Add(new DeclaredFunction(NameOf(header[..arrow]), line - lines + 1, lines));
        }
    }

    private bool Declares(string header, int headerStart)
    {
        Match match = TypePattern.Match(header);
        if (!match.Success || header.AsSpan(0, match.Index).Contains('('))
        {
            match = DelegatePattern.Match(header);
        }

        if (!match.Success || header.AsSpan(0, match.Index).Contains('='))
        {
            return false;
        }

        int line = _code.AsSpan(0, headerStart + match.Groups["name"].Index).Count('\n') + 1;
        _types.Add(new DeclaredType(match.Groups["name"].Value, match.Groups["kind"].Value, header[..match.Index], line, IsNested: InType));
        return true;
    }

    private static bool IsAssignment(string header) =>
        NoAssignmentPattern.Replace(NoAssignmentPattern.Replace(header, " "), " ").Contains('=');

    // Where the arrow of an expression body stands; negative if there is none, or if it is a lambda that a field holds.
    private static int ArrowOf(string header)
    {
        int arrow = header.IndexOf("=>", StringComparison.Ordinal);
        return arrow >= 0 && !IsAssignment(header[..arrow]) ? arrow : -1;
    }

    private static string NameOf(string header)
    {
        Match match = FunctionNamePattern.Match(header);
        return match.Success ? match.Groups["name"].Value : header.Trim().Split(' ', '\n')[^1];
    }

    private readonly record struct Block(BlockKind Kind, string Name, int Line);
}
