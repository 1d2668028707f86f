using System.Globalization;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Gives values the shape and the rounding that a version of CMCD asks for.</summary>
internal static class CmcdShaping
{
    /// <summary>What is written of data in a version and a form.</summary>
    public static CmcdData Prepare(CmcdData data, int version, CmcdForm form)
    {
        ArgumentNullException.ThrowIfNull(data);
        CmcdScope scope = form == CmcdForm.Events ? CmcdScope.Event : version > 1 ? CmcdScope.Request : CmcdScope.First;
        bool isRateEvent = data.TryGet("e", out CmcdItem? name) && name.Text is "pr";
        CmcdData prepared = [];
        foreach ((string key, CmcdItem item) in data)
        {
            CmcdRule? rule = CmcdRules.Find(key);
            bool isWritten = rule is null ? key.Contains('-', StringComparison.Ordinal) : (rule.Scope & scope) != 0;
            if (!isWritten || (key is "pr" && item.Number is 1 && !isRateEvent) || IsLeftOut(key, item, version))
            {
                continue;
            }

            prepared.Set(key, rule is null ? item : Round(rule, version > 1 ? ToSecond(rule, item) : ToFirst(key, rule, item, prepared)));
        }

        prepared.Remove("v");
        return version > 1 ? prepared.Set("v", CmcdItem.OfNumber(version)) : prepared;
    }

    /// <summary>A value in the shape of version 2.</summary>
    public static CmcdItem ToSecond(CmcdRule rule, CmcdItem item) => rule.Shape switch
    {
        CmcdShape.Wholes or CmcdShape.Texts when item.Type != CmcdType.List => CmcdItem.OfList(item),
        CmcdShape.Paths when item.Type == CmcdType.Text => CmcdItem.OfList(CmcdItem.OfText(Uri.UnescapeDataString(item.Text))),
        _ => item,
    };

    // Version 1 has one number: of buffers the least, else the largest; and one path, with its range in a key of its own.
    private static CmcdItem ToFirst(string key, CmcdRule rule, CmcdItem item, CmcdData prepared)
    {
        if (item.Type != CmcdType.List || item.Elements.Count == 0)
        {
            return item;
        }

        if (rule.Shape == CmcdShape.Paths)
        {
            CmcdItem first = item.Elements[0];
            foreach ((string name, CmcdItem range) in first.Parameters)
            {
                if (name is "r")
                {
                    prepared.Set("nrr", range);
                }
            }

            return CmcdItem.OfText(Uri.EscapeDataString(first.Text));
        }

        CmcdItem chosen = item.Elements[0];
        foreach (CmcdItem element in item.Elements)
        {
            bool isBetter = key is "bl" ? element.Number < chosen.Number : element.Number > chosen.Number;
            chosen = isBetter ? element : chosen;
        }

        return chosen.Parameters.Count == 0 ? chosen : CmcdItem.OfNumber((decimal)chosen.Number);
    }

    // False is said where a reader could otherwise believe the contrary: the standard allows it for these.
    private static bool IsLeftOut(string key, CmcdItem item, int version) =>
        item.Type == CmcdType.Falsehood && CmcdRules.Find(key) is not null && (version == 1 || key is not ("bs" or "su" or "bg"));

    private static CmcdItem Round(CmcdRule rule, CmcdItem item)
    {
        if (rule.Shape is not (CmcdShape.Whole or CmcdShape.Wholes))
        {
            return item;
        }

        if (item.Type == CmcdType.List)
        {
            return Copy(item, CmcdItem.OfList([.. item.Elements.Select(element => Round(rule, element))]));
        }

        if (!decimal.TryParse(item.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            || item.Type != CmcdType.Number)
        {
            return item;
        }

        decimal unit = rule.IsHundreds ? 100 : 1;
        decimal rounded = Math.Round(number / unit, MidpointRounding.AwayFromZero) * unit;
        return Copy(item, CmcdItem.OfNumber(Math.Clamp(rounded, -999_999_999_999_999m, 999_999_999_999_999m)));
    }

    private static CmcdItem Copy(CmcdItem from, CmcdItem to)
    {
        foreach ((string name, CmcdItem value) in from.Parameters)
        {
            to = to.With(name, value);
        }

        return to;
    }
}
