using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Reads the purposes that are granted.</summary>
internal static class ConsentReader
{
    /// <summary>The purposes of a record; none if it does not say.</summary>
    public static ConsentPurposes Read(in JsonRecord record)
    {
        if (record.TokenOf(JsonField.Consent) is JsonTokenType.None)
        {
            return ConsentPurposes.None;
        }

        if (record.TokenOf(JsonField.Consent) != JsonTokenType.StartArray)
        {
            record.Fail(RejectReason.InvalidValue, JsonField.Consent, "expected an array of purposes");
            return ConsentPurposes.None;
        }

        ConsentPurposes granted = ConsentPurposes.None;
        var reader = new Utf8JsonReader(record.Raw(JsonField.Consent));
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ConsentPurposes purpose = reader.TokenType == JsonTokenType.String
                ? ChoiceTexts.PurposeOf(record.Unescape(
                    JsonField.Consent, reader.ValueSpan, reader.ValueIsEscaped, RecordLimits.Dimension))
                : ConsentPurposes.None;
            if (purpose == ConsentPurposes.None)
            {
                record.Fail(RejectReason.InvalidValue, JsonField.Consent, ChoiceTexts.Purposes.Rule);
                return ConsentPurposes.None;
            }

            granted |= purpose;
        }

        return granted;
    }
}
