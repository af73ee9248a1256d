using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PixelPipeline.Soak.Oracle;

/// <summary>
/// Says before an event is sent what must become of it. It shares no code with the product: what it says of ids and
/// tables is written down here a second time.
/// </summary>
/// <param name="seed">The run's seed.</param>
/// <param name="layout">template, partitioned or both.</param>
/// <param name="isPlain">Whether all events are hits of one user on one day.</param>
internal sealed class RunOracle(int seed, string layout, bool isPlain = false)
{
    public SoakEvent EventOf(int index) => SoakEvent.Create(seed, index, isPlain);

    public Expectation Expect(int index) => Expect(EventOf(index));

    public Expectation Expect(SoakEvent e) => e.Kind switch
    {
        EventKind.ParentInsertId or EventKind.CdnUserAgent => new(null, "cdn_internal"),
        EventKind.OtherMethod => new(null, "other_method"),
        EventKind.OtherPath => new(null, "other_path"),
        EventKind.NoAttributes => new(null, "no_attributes"),
        EventKind.NotARequest => new(null, "not_a_request"),
        EventKind.NoJson or EventKind.NoTimestamp => new(Expectation.RejectedTable, "unreadable_entry"),
        EventKind.UnreadableUrl => new(Expectation.RejectedTable, "unreadable_url"),
        EventKind.MissingUser or EventKind.EmptyUser => new(Expectation.RejectedTable, "missing_required", "user_id"),
        EventKind.BadAmount => new(Expectation.RejectedTable, "invalid_value", "amount"),
        EventKind.LongValue => new(Expectation.RejectedTable, "invalid_value", "type"),
        EventKind.RefusedByBigQuery => new(Expectation.RejectedTable, "invalid_row"),
        _ => new(
            layout == "partitioned" ? "pixel" : $"pixel_{e.User.TablePart}_{e.Time.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}",
            AllEvents: layout == "both" ? "all_pixel" : null),
    };

    /// <summary>The event's id: half a SHA-256 over the instant and the insertId, or over the entry.</summary>
    public static string EventId(SoakEvent e)
    {
        if (e.InsertId is null || e.Kind is EventKind.NoJson or EventKind.NoTimestamp)
        {
            return Hash(EntryText.Of(e));
        }

        var ticks = (e.Time - DateTime.UnixEpoch).Ticks;
        var input = new byte[12 + e.InsertId.Length];
        BinaryPrimitives.WriteInt64BigEndian(input, ticks / TimeSpan.TicksPerSecond);
        BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(8), (int)(ticks % TimeSpan.TicksPerSecond * 100) + e.Nanoseconds);
        Encoding.ASCII.GetBytes(e.InsertId, input.AsSpan(12));
        return Hash(input);
    }

    /// <summary>The index that a text or an entry names by <see cref="SoakEvent.Marker"/>; -1 if there is none.</summary>
    public static int IndexIn(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOf("ix."u8);
        if (start < 0)
        {
            return -1;
        }

        var digits = text[(start + 3)..];
        var end = digits.IndexOf((byte)'.');
        return end > 0 && int.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
}
