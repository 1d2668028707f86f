using System.Globalization;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Gives the second and later events of a record ids of their own, so that they are no duplicates of the first.</summary>
/// <remarks>
/// The id is that of the record, else its view and sequence, with the event's number; a record that has neither is identified by what its
/// events say, which differs. One thread at a time.
/// </remarks>
internal sealed class EventNumber(string format)
{
    private readonly byte[] _format = System.Text.Encoding.UTF8.GetBytes(format);
    private readonly JsonLine _id = new();
    private readonly JsonLine _view = new();
    private readonly JsonLine _sequence = new();
    private int _number;

    /// <summary>Begins an event.</summary>
    /// <param name="number">How many events of the record were written before it.</param>
    public void Begin(int number)
    {
        _number = number;
        _id.Clear();
        _view.Clear();
        _sequence.Clear();
    }

    /// <summary>Whether the member is written by <see cref="Write"/>.</summary>
    public bool Owns(JsonField member) => _number > 0 && member == JsonField.Id;

    /// <summary>Notes what identifies the record.</summary>
    public void Note(JsonField member, ReadOnlySpan<byte> value)
    {
        if (_number == 0)
        {
            return;
        }

        switch (member)
        {
            case JsonField.Id:
                _id.Raw(value);
                break;
            case JsonField.View:
                _view.Raw(value);
                break;
            case JsonField.Seq:
                _sequence.Raw(value);
                break;
            default:
                break;
        }
    }

    /// <summary>Writes the id, if the event needs one.</summary>
    public void Write(CanonicalRecords output)
    {
        bool isNumbered = _view.Written.Length > 0 && _sequence.Written.Length > 0;
        if (_number == 0 || (_id.Written.IsEmpty && !isNumbered))
        {
            return;
        }

        if (_id.Written.IsEmpty)
        {
            _id.Raw(_format);
            _id.Raw("/"u8);
            _id.Raw(_view.Written);
            _id.Raw("/"u8);
            _id.Raw(_sequence.Written);
        }

        Span<byte> digits = stackalloc byte[12];
        _number.TryFormat(digits, out int written, provider: CultureInfo.InvariantCulture);
        _id.Raw("#"u8);
        _id.Raw(digits[..written]);
        output.Text(JsonFieldNames.Utf8NameOf(JsonField.Id), _id.Written);
    }
}
