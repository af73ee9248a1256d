namespace PixelPipeline.Logs.Formats;

/// <summary>An access log of one JSON object a line. A format says where it keeps what; reading is the same for all.</summary>
internal abstract class JsonFormat : LogFormat
{
    private readonly byte[][] _paths;
    private readonly JsonNames.Slots _slots;

    /// <summary>Sets a format up.</summary>
    /// <param name="names">Where it keeps what.</param>
    protected JsonFormat(JsonNames names) => _paths = names.ToPaths(out _slots);

    internal override bool Fits(ReadOnlySpan<byte> line, LineState state)
    {
        if (Read(line, state, out _) is not null)
        {
            return false;
        }

        foreach (var mark in _slots.Marks)
        {
            if (!Array.Exists(mark, state.Json.Has))
            {
                return false;
            }
        }

        return true;
    }

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        if (!state.Json.TryRead(line, _paths))
        {
            return BadLineReason.NotJson;
        }

        if (!TryReadTime(state, out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        var isCut = ReadRequest(state, out var method, out var url);
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = method,
            Url = url,
            IsUrlCut = isCut,
            UserAgent = ReadText(state, First(state.Json, _slots.UserAgent)),
            Referer = ReadText(state, First(state.Json, _slots.Referer)),
            RemoteIp = AddressText.Unmapped(AddressText.FirstOf(First(state.Json, _slots.Address))),
        };
        return null;
    }

    /// <summary>Reads the time; the first of its paths unless a format has it in parts.</summary>
    protected virtual bool TryReadTime(LineState state, out EntryTimestamp timestamp) => state.Times.TryReadAny(First(state.Json, _slots.Time), out timestamp);

    /// <summary>What stands for a user agent or referer, unless a format encodes them.</summary>
    protected virtual ReadOnlySpan<byte> ReadText(LineState state, ReadOnlySpan<byte> value) => value;

    /// <summary>Likewise, for path and query.</summary>
    protected virtual ReadOnlySpan<byte> ReadUrlPart(LineState state, ReadOnlySpan<byte> value) => value;

    private static ReadOnlySpan<byte> First(JsonRecord json, int[] slots)
    {
        foreach (var slot in slots)
        {
            if (json[slot] is { IsEmpty: false } value && !value.SequenceEqual("-"u8))
            {
                return value;
            }
        }

        return default;
    }

    /// <returns>True where the server cut the URL.</returns>
    private bool ReadRequest(LineState state, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> url)
    {
        if (First(state.Json, _slots.Request) is { IsEmpty: false } request)
        {
            RequestField.Split(request, out method, out url, out var hasProtocol);
            return !hasProtocol && RequestField.IsCutBy(First(state.Json, _slots.Status));
        }

        var path = ReadUrlPart(state, First(state.Json, _slots.Url));
        url = RequestField.IsRequestUrl(path) ? RequestField.Join(path, ReadUrlPart(state, First(state.Json, _slots.Query)), state.Buffer) : default;
        method = url.IsEmpty ? default : First(state.Json, _slots.Method);
        return false;
    }
}
