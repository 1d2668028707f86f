using System.Runtime.Intrinsics;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Remembers the ids of the last contexts.</summary>
/// <remarks>One thread at a time. A context that had to lose dimensions is not remembered: the table counts each such event.</remarks>
internal sealed class ContextCache(ContextTable table)
{
    private const int Size = 64;

    private readonly EventContext[] _contexts = new EventContext[Size];
    private readonly ContextId[] _ids = new ContextId[Size];

    public ContextId Intern(in EventContext context)
    {
        int place = PlaceOf(context);
        if (_contexts[place] == context && _ids[place] != default)
        {
            return _ids[place];
        }

        ContextId id = table.Intern(context);
        if (table[id] == context)
        {
            _contexts[place] = context;
            _ids[place] = id;
        }

        return id;
    }

    private static int PlaceOf(in EventContext context)
    {
        Vector128<ulong> bits = context.Bits;
        return (int)(((bits[0] * 0x9E3779B97F4A7C15UL) ^ (bits[1] * 0xC2B2AE3D27D4EB4FUL)) >> 58);
    }
}
