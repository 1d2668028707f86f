using System.Globalization;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Looks at the keys of one record and says what is not as the standard has it.</summary>
/// <remarks>Takes out of the record what has the wrong type: a server passes such values over, key by key. For one record.</remarks>
internal sealed class CmcdChecks(CmcdForm form)
{
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _places = new(StringComparer.Ordinal);
    private CmcdHeader? _header;
    private string _before = "";
    private bool _isSorted = true;

    public IReadOnlyList<string> Warnings => _warnings;

    public void Warn(string key, string what) => _warnings.Add(key + ": " + what);

    /// <summary>Begins a header, or a record that has none.</summary>
    public void BeginShard(CmcdHeader? header)
    {
        _header = header;
        _before = "";
    }

    /// <summary>Notes a member as it is read.</summary>
    public void Note(string key, CmcdNotes notes, bool isKnown)
    {
        _isSorted &= string.CompareOrdinal(_before, key) <= 0;
        _before = key;
        if (isKnown)
        {
            Warn(key, "stands twice; the last counts");
        }

        if ((notes & CmcdNotes.LongNumber) != 0)
        {
            Warn(key, "has more digits than a structured field may");
        }

        if ((notes & CmcdNotes.BeyondAscii) != 0)
        {
            Warn(key, "has letters beyond ASCII");
        }

        if ((notes & CmcdNotes.Capital) != 0)
        {
            Warn(key, "has capitals in its name");
        }

        CmcdRule? rule = _header is null ? null : CmcdRules.Find(key);
        bool isElsewhere = rule is not null && rule.Header != _header && !(key is "pr" && _header == CmcdHeader.Session);
        if (isElsewhere && _places.Add(key))
        {
            Warn(key, $"belongs in CMCD-{rule!.Header}");
        }
    }

    /// <summary>Looks at the record as a whole, after its last member.</summary>
    public void Complete(CmcdData data)
    {
        if (!_isSorted)
        {
            _warnings.Add("keys: are not in the order of the alphabet");
        }

        int version = form == CmcdForm.Events ? CmcdDecoder.LatestVersion : data.Version;
        foreach ((string key, CmcdItem item) in data.ToArray())
        {
            CmcdRule? rule = CmcdRules.Find(key);
            if (rule is null)
            {
                CheckCustom(key, item, version);
            }
            else
            {
                CheckScope(key, rule, version);
                if (!CmcdShapes.Fits(rule, item, version, out string? complaint))
                {
                    Warn(key, complaint + "; it is passed over");
                    data.Remove(key);
                }
                else if (complaint is not null)
                {
                    Warn(key, complaint);
                }
            }
        }

        CheckValues(data, version);
        if (form == CmcdForm.Events)
        {
            CheckEvent(data);
        }
    }

    private static bool IsToken(CmcdData data, string key, string token) =>
        data.TryGet(key, out CmcdItem? item) && string.Equals(item.Text, token, StringComparison.Ordinal);

    private void CheckCustom(string key, CmcdItem item, int version)
    {
        int hyphen = key.IndexOf('-', StringComparison.Ordinal);
        if (hyphen < 0)
        {
            Warn(key, "is no key of CMCD, and custom keys have a hyphen");
            return;
        }

        if (!key[..hyphen].Contains('.', StringComparison.Ordinal))
        {
            Warn(key, "has no reversed domain name before its hyphen");
        }

        bool isText = item.Type is CmcdType.Text or CmcdType.Token;
        if (isText && item.Text is "true" or "false" && item.Type == CmcdType.Token)
        {
            Warn(key, "true is the key alone, false is ?0");
        }

        if (version > 1 && !isText)
        {
            Warn(key, "custom values are texts or tokens");
        }
        else if (isText && item.Text.Length > 64)
        {
            Warn(key, "expected at most 64 characters");
        }
    }

    private void CheckScope(string key, CmcdRule rule, int version)
    {
        CmcdScope scope = form == CmcdForm.Events ? CmcdScope.Event : version > 1 ? CmcdScope.Request : CmcdScope.First;
        if ((rule.Scope & scope) != 0)
        {
            return;
        }

        Warn(key, rule.Scope == CmcdScope.Event && form != CmcdForm.Events ? "belongs in reports of events"
            : version > 1 ? "is no key of version 2"
            : "is no key of version 1");
    }

    private void CheckValues(CmcdData data, int version)
    {
        if (version == 1 && data.TryGet("v", out CmcdItem? number) && number.Number is 1)
        {
            Warn("v", "is left out where it is 1");
        }

        if (data.TryGet("pr", out CmcdItem? rate) && rate.Number is 1 && !IsToken(data, "e", "pr"))
        {
            Warn("pr", "is left out where it is 1");
        }

        bool isMedia = data.TryGet("ot", out CmcdItem? type) && type.Text is "a" or "v" or "av";
        if (version == 1 && data.TryGet("bl", out _) && !isMedia)
        {
            Warn("bl", "expected only with an object type of a, v or av");
        }

        if (version == 1 && data.TryGet("cid", out CmcdItem? content) && content.Text.Length is > 64 and <= 128)
        {
            Warn("cid", "expected at most 64 characters");
        }

        CheckPaths(data, version);
    }

    private void CheckPaths(CmcdData data, int version)
    {
        if (data.TryGet("nor", out CmcdItem? next))
        {
            foreach (CmcdItem path in next.Type == CmcdType.List ? next.Elements : [next])
            {
                bool isEncoded = next.Type != CmcdType.List && version == 1;
                if (isEncoded && path.Text.AsSpan().IndexOfAny("/:?#[]@!$&'()*+,;= \"") >= 0)
                {
                    Warn("nor", "expected percent-encoding");
                }

                string plain = isEncoded ? Uri.UnescapeDataString(path.Text) : path.Text;
                if (plain.Contains("://", StringComparison.Ordinal))
                {
                    Warn("nor", "expected a relative path");
                }

                foreach ((string name, CmcdItem range) in path.Parameters)
                {
                    CheckRange("nor", name is "r" ? range : null);
                }
            }
        }

        CheckRange("nrr", data.TryGet("nrr", out CmcdItem? bytes) ? bytes : null);
    }

    private void CheckRange(string key, CmcdItem? range)
    {
        if (range is null)
        {
            return;
        }

        string[] ends = range.Text.Split('-');
        bool isRange = ends.Length == 2 && ends[0].Length + ends[1].Length > 0
            && Array.TrueForAll(
                ends, end => end.Length == 0 || ulong.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        if (!isRange)
        {
            Warn(key, "expected a byte range such as \"0-99\", \"100-\" or \"-500\"");
        }
    }

    private void CheckEvent(CmcdData data)
    {
        Require(data, "e");
        Require(data, "ts");
        if (!data.TryGet("v", out _))
        {
            Warn("v", "is required, and 2, in reports of events");
        }

        if (data.TryGet("e", out CmcdItem? name))
        {
            string? needed = name.Text switch { "ps" => "sta", "e" => "ec", "ce" => "cen", "rr" => "url", "pr" => "pr", _ => null };
            if (needed is not null)
            {
                Require(data, needed);
            }
        }
    }

    private void Require(CmcdData data, string key)
    {
        if (!data.TryGet(key, out _))
        {
            Warn(key, "is required");
        }
    }
}
