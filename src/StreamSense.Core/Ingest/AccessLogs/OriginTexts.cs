using System.Text;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>What the host knows of a body, as bytes that are ready to be written.</summary>
internal sealed class OriginTexts
{
    private IngestOrigin? _origin;

    public byte[] Source { get; private set; } = [];

    public byte[] Viewer { get; private set; } = [];

    public byte[] Household { get; private set; } = [];

    public byte[] Device { get; private set; } = [];

    public byte[] Title { get; private set; } = [];

    public byte[] Country { get; private set; } = [];

    public byte[] Asn { get; private set; } = [];

    public byte[] Isp { get; private set; } = [];

    public byte[] DeviceKind { get; private set; } = [];

    public byte[] App { get; private set; } = [];

    public byte[] Cdn { get; private set; } = [];

    /// <summary>The purposes granted as a JSON array; empty if the host does not say.</summary>
    public byte[] Consent { get; private set; } = [];

    public void Take(IngestOrigin origin)
    {
        if (origin == _origin)
        {
            return;
        }

        _origin = origin;
        Source = Of(origin.Source);
        Viewer = Of(origin.Viewer);
        Household = Of(origin.Household);
        Device = Of(origin.Device);
        Title = Of(origin.Title);
        Country = Of(origin.Country);
        Asn = Of(origin.Asn);
        Isp = Of(origin.Isp);
        DeviceKind = Of(origin.DeviceKind);
        App = Of(origin.App);
        Cdn = Of(origin.Cdn);
        Consent = origin.Consent is { } purposes ? Of(Json(purposes)) : [];
    }

    private static byte[] Of(string? text) => Encoding.UTF8.GetBytes(text ?? "");

    private static string Json(ConsentPurposes purposes)
    {
        var names = new List<string>();
        Add(ConsentPurposes.Measurement, "\"measurement\"");
        Add(ConsentPurposes.Personalisation, "\"personalisation\"");
        Add(ConsentPurposes.Sharing, "\"sharing\"");
        Add(ConsentPurposes.Social, "\"social\"");
        return "[" + string.Join(',', names) + "]";

        void Add(ConsentPurposes purpose, string name)
        {
            if ((purposes & purpose) != 0)
            {
                names.Add(name);
            }
        }
    }
}
