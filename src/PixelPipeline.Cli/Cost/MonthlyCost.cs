using System.Globalization;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Cost;

/// <summary>
/// What a number of events a month costs, part by part. A hit is a request of 1 KiB and an answer of 0.5 KiB, makes an
/// entry of 1,200 bytes and a row of 200 bytes; its insert takes 100 ms, shared by what arrives meanwhile. Without a
/// function, the subscription that writes the rows is paid by the entry's bytes.
/// </summary>
internal sealed class MonthlyCost
{
    private const decimal Hours = 730;
    private const decimal Seconds = Hours * 3_600;
    private const decimal RequestKiB = 1;
    private const decimal AnswerKiB = 0.5m;
    private const decimal EntryBytes = 1_200;
    private const decimal RowBytes = 200;
    private const decimal BilledRowKiB = 1;
    private const decimal InsertSeconds = 0.1m;
    private const decimal Concurrency = 80;
    private const decimal MemoryGiB = 0.5m;
    private const decimal KiBPerGiB = 1_024 * 1_024;
    private const decimal BytesPerGiB = KiBPerGiB * 1_024;
    private const decimal LeastTableBytes = 10_000_000;
    private const decimal MostTablesOfAQuery = 1_000;

    private readonly decimal _events;
    private readonly LayoutName _layout;
    private readonly bool _isDirect;

    /// <param name="events">Events a month.</param>
    /// <param name="layout">Which tables an event goes to.</param>
    /// <param name="isDirect">Whether Pub/Sub writes the rows by itself, without a function.</param>
    public MonthlyCost(long events, LayoutName layout, bool isDirect = false) => (_events, _layout, _isDirect) = (events, layout, isDirect);

    private int Copies => _layout == LayoutName.Both ? 2 : 1;

    private string Times => Copies > 1 ? $"{Copies} × " : "";

    /// <summary>The parts, in the order of a hit's way.</summary>
    /// <param name="withCdn">Whether the CDN answers, or the bucket itself.</param>
    public IReadOnlyList<CostLine> Lines(bool withCdn) =>
    [
        new("forwarding rules", Text($"{Prices.ForwardingRulesPerHour} × {Hours} h, up to five rules"), Prices.ForwardingRulesPerHour * Hours),
        DataIn(),
        .. withCdn ? Cdn() : Bucket(),
        .. _isDirect ? Direct() : Function(),
        Storage(),
    ];

    /// <summary>What a million events more cost: what they share with the others, such as forwarding rules, is paid already.</summary>
    /// <param name="withCdn">Whether the CDN answers, or the bucket itself.</param>
    public decimal FurtherMillion(bool withCdn) =>
        new MonthlyCost((long)_events + 1_000_000, _layout, _isDirect).Lines(withCdn).Sum(l => l.Dollars) - Lines(withCdn).Sum(l => l.Dollars);

    /// <summary>One query over all rows of a month, which the sum does not hold.</summary>
    public CostLine Query()
    {
        var isTemplate = _layout == LayoutName.Template;
        var bytes = isTemplate ? Math.Max(_events * RowBytes, MostTablesOfAQuery * LeastTableBytes) : Math.Max(_events * RowBytes, LeastTableBytes);
        var gib = bytes / BytesPerGiB;
        var what = isTemplate ? "over 1,000 tables, 10 MB each at least" : "over the table, 10 MB at least";
        return new("one query of all rows", Text($"{gib:N2} GiB {what}, {Prices.QueriesPerTiB} a TiB"), gib / 1_024 * Prices.QueriesPerTiB);
    }

    private CostLine DataIn()
    {
        var gib = _events * RequestKiB / KiBPerGiB;
        return new("load balancer, data in", Text($"{gib:N1} GiB × {Prices.LoadBalancerPerGiB}"), gib * Prices.LoadBalancerPerGiB);
    }

    private CostLine[] Cdn()
    {
        var gib = _events * AnswerKiB / KiBPerGiB;
        return
        [
            new("CDN, lookups", Text($"{_events:N0} × {Prices.CdnPer10ThousandLookups} for 10,000"), _events / 10_000 * Prices.CdnPer10ThousandLookups),
            new("CDN, data out", Text($"{gib:N1} GiB × {Prices.CdnEgressPerGiB}"), gib * Prices.CdnEgressPerGiB),
        ];
    }

    private CostLine[] Bucket()
    {
        var gib = _events * AnswerKiB / KiBPerGiB;
        return
        [
            new("Cloud Storage, reads", Text($"{_events:N0} × {Prices.StoragePerThousandReads} for 1,000"), _events / 1_000 * Prices.StoragePerThousandReads),
            new("Cloud Storage, data out", Text($"{gib:N1} GiB × {Prices.StorageEgressPerGiB}"), gib * Prices.StorageEgressPerGiB),
        ];
    }

    private CostLine[] Function() => [Messages(), Requests(), InstanceTime(), Inserts()];

    private CostLine[] Direct()
    {
        var gib = _events * EntryBytes / BytesPerGiB;
        return
        [
            new("Pub/Sub, in", Text($"{EntryBytes:N0} B = {gib:N1} GiB, {Prices.PubSubFreeGiB} free, {Prices.PubSubPerTiB} a TiB"), Beyond(gib, Prices.PubSubFreeGiB) / 1_024 * Prices.PubSubPerTiB),
            new("Pub/Sub, into BigQuery", Text($"{EntryBytes:N0} B = {gib:N1} GiB, {Prices.PubSubToBigQueryPerTiB} a TiB"), gib / 1_024 * Prices.PubSubToBigQueryPerTiB),
        ];
    }

    private CostLine Messages()
    {
        var gib = 2 * _events * EntryBytes / BytesPerGiB;
        return new(
            "Pub/Sub, in and out",
            Text($"2 × {EntryBytes:N0} B = {gib:N1} GiB, {Prices.PubSubFreeGiB} free, {Prices.PubSubPerTiB} a TiB"),
            Beyond(gib, Prices.PubSubFreeGiB) / 1_024 * Prices.PubSubPerTiB);
    }

    private CostLine Requests() => new(
        "function, requests",
        Text($"{_events:N0}, {Prices.RunFreeRequests:N0} free, {Prices.RunPerMillionRequests:N2} a million"),
        Beyond(_events, Prices.RunFreeRequests) / 1_000_000 * Prices.RunPerMillionRequests);

    /// <summary>Paid while a request is in flight: at most as if no two overlapped, and never more than the instances that concurrency needs.</summary>
    private CostLine InstanceTime()
    {
        var inFlight = _events * InsertSeconds * Copies; // one insert after the other
        var instances = Math.Max(1, Math.Ceiling(inFlight / Seconds / Concurrency));
        var seconds = Math.Min(inFlight, instances * Seconds);
        var cpu = Beyond(seconds, Prices.RunFreeCpuSeconds) * Prices.RunPerCpuSecond;
        var memory = Beyond(seconds * MemoryGiB, Prices.RunFreeGiBSeconds) * Prices.RunPerGiBSecond;
        return new(
            "function, instance time",
            Text($"{seconds:N0} s at most × ({Prices.RunPerCpuSecond} + {MemoryGiB} GiB × {Prices.RunPerGiBSecond}), some free"),
            cpu + memory);
    }

    private CostLine Inserts()
    {
        var mib = Copies * _events * BilledRowKiB / 1_024;
        return new("BigQuery, insertAll", Text($"{Times}{mib / Copies:N0} MiB (1 KiB a row), {Prices.InsertsPer200MiB} for 200 MiB"), mib / 200 * Prices.InsertsPer200MiB);
    }

    private CostLine Storage()
    {
        var gib = Copies * _events * RowBytes / BytesPerGiB;
        return new("BigQuery, storage", Text($"{Times}{gib / Copies:N1} GiB × {Prices.TableStoragePerGiB}"), gib * Prices.TableStoragePerGiB);
    }

    private static decimal Beyond(decimal amount, decimal free) => Math.Max(0, amount - free);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What one part of the pipeline costs a month.</summary>
/// <param name="Part">The part.</param>
/// <param name="Arithmetic">How the amount comes about.</param>
/// <param name="Dollars">The amount, US dollars, not rounded.</param>
internal sealed record CostLine(string Part, string Arithmetic, decimal Dollars);
