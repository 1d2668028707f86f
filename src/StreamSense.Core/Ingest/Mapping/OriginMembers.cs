using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>What the host knows of a body, for events whose record does not say it.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class OriginMembers(string format)
{
    private readonly List<(JsonField Member, byte[] Value)> _members = [];
    private byte[]? _consent;

    /// <summary>Takes what is known of a body.</summary>
    public void Begin(IngestOrigin origin)
    {
        _members.Clear();
        Add(JsonField.Source, origin.Source ?? format);
        Add(JsonField.Viewer, origin.Viewer);
        Add(JsonField.Household, origin.Household);
        Add(JsonField.Device, origin.Device);
        Add(JsonField.Title, origin.Title);
        Add(JsonField.Country, origin.Country);
        Add(JsonField.Asn, origin.Asn);
        Add(JsonField.Isp, origin.Isp);
        Add(JsonField.DeviceKind, origin.DeviceKind);
        Add(JsonField.App, origin.App);
        Add(JsonField.Cdn, origin.Cdn);
        _consent = origin.Consent is { } granted ? Purposes(granted) : null;
    }

    /// <summary>Writes what the event does not have yet.</summary>
    /// <param name="output">Takes the members.</param>
    /// <param name="written">The members that the record said.</param>
    public void Write(CanonicalRecords output, FieldSet written)
    {
        foreach ((JsonField member, byte[] value) in _members)
        {
            if (!written.Contains(member))
            {
                output.Text(JsonFieldNames.Utf8NameOf(member), value);
            }
        }

        if (_consent is not null && !written.Contains(JsonField.Consent))
        {
            output.Raw(JsonFieldNames.Utf8NameOf(JsonField.Consent), _consent);
        }
    }

    private static byte[] Purposes(ConsentPurposes granted)
    {
        var line = new JsonLine();
        line.Append((byte)'[');
        for (int bit = 0; bit < ChoiceTexts.PurposeCount; bit++)
        {
            if (((int)granted & (1 << bit)) != 0)
            {
                line.Separate();
                line.Text(ChoiceTexts.PurposeAt(bit));
            }
        }

        line.Append((byte)']');
        return line.Written.ToArray();
    }

    private void Add(JsonField member, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _members.Add((member, Encoding.UTF8.GetBytes(value)));
        }
    }
}
