namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Decides whether a value has the type of its key, and whether it is one that the standard foresees.</summary>
internal static class CmcdShapes
{
    /// <summary>Whether a value can be read as what its key says.</summary>
    /// <param name="rule">The rule of the key.</param>
    /// <param name="item">The value.</param>
    /// <param name="version">The version of the record.</param>
    /// <param name="complaint">What is wrong with it, in either case; null if nothing is.</param>
    public static bool Fits(CmcdRule rule, CmcdItem item, int version, out string? complaint)
    {
        complaint = null;
        switch (rule.Shape)
        {
            case CmcdShape.Truth:
                return FitsTruth(item, version, out complaint);
            case CmcdShape.Token:
                return FitsToken(rule, item, out complaint);
            case CmcdShape.Text:
                return FitsText(rule, item, out complaint);
            case CmcdShape.Texts or CmcdShape.Paths:
                return FitsTexts(rule, item, version, out complaint);
            case CmcdShape.Wholes:
                return FitsWholes(rule, item, version, out complaint);
            default:
                return FitsNumber(rule, item, out complaint);
        }
    }

    private static bool FitsTruth(CmcdItem item, int version, out string? complaint)
    {
        bool fits = item.Type is CmcdType.Truth or CmcdType.Falsehood;
        complaint = !fits ? "expected true (the key alone) or ?0"
            : item.Type == CmcdType.Falsehood && version == 1 ? "is left out where it is false"
            : null;
        return fits;
    }

    private static bool FitsToken(CmcdRule rule, CmcdItem item, out string? complaint)
    {
        bool isKnown = rule.Tokens.Contains(" " + item.Text + " ", StringComparison.Ordinal);
        complaint = item.Type == CmcdType.Token && isKnown ? null
            : item.Type == CmcdType.Text ? "expected a token, without quotes"
            : "expected one of" + rule.Tokens.TrimEnd();
        return item.Type is CmcdType.Token or CmcdType.Text;
    }

    private static bool FitsText(CmcdRule rule, CmcdItem item, out string? complaint)
    {
        complaint = item.Type != CmcdType.Text ? "expected a text in quotes"
            : rule.Most > 0 && item.Text.Length > rule.Most ? $"expected at most {rule.Most} characters"
            : null;
        return item.Type is CmcdType.Text or CmcdType.Token or CmcdType.Number;
    }

    private static bool FitsTexts(CmcdRule rule, CmcdItem item, int version, out string? complaint)
    {
        bool isList = item.Type == CmcdType.List;
        bool isListRight = rule.Shape == CmcdShape.Texts || version > 1;
        complaint = isList == isListRight ? null : isListRight ? "expected a list of texts" : "expected a text";
        bool fits = true;
        foreach (CmcdItem text in isList ? item.Elements : [item])
        {
            if (text.Type != CmcdType.Text)
            {
                complaint ??= "expected texts in quotes";
                fits &= text.Type is CmcdType.Token or CmcdType.Number;
            }
        }

        return fits;
    }

    private static bool FitsWholes(CmcdRule rule, CmcdItem item, int version, out string? complaint)
    {
        if (item.Type != CmcdType.List)
        {
            bool fits = FitsNumber(rule, item, out complaint);
            complaint ??= version > 1 ? "expected a list" : null;
            return fits;
        }

        complaint = version == 1 ? "expected a number, as lists came with version 2" : null;
        foreach (CmcdItem element in item.Elements)
        {
            if (!FitsNumber(rule, element, out string? wrong))
            {
                complaint = wrong;
                return false;
            }

            bool isTyped = element.Parameters.Count == 0
                || (element.Parameters.Count == 1
                    && CmcdRules.ObjectTypes.Contains(" " + element.Parameters[0].Key + " ", StringComparison.Ordinal));
            complaint ??= wrong ?? (isTyped ? null : "expected an object type as the only parameter");
        }

        return true;
    }

    private static bool FitsNumber(CmcdRule rule, CmcdItem item, out string? complaint)
    {
        double number = item.Number;
        complaint = double.IsNaN(number) ? "expected a number"
            : number < 0 ? "expected a number from 0"
            : rule.Shape != CmcdShape.Fraction && !double.IsInteger(number) ? "expected a whole number"
            : rule.IsHundreds && number % 100 != 0 ? "is rounded to the nearest 100"
            : null;
        return !double.IsNaN(number);
    }
}
