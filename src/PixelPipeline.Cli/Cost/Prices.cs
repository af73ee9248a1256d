namespace PixelPipeline.Cli.Cost;

/// <summary>
/// List prices of us-central1 in US dollars, as of September 2026, and what is free of each a month: the one place that
/// has them.
/// </summary>
/// <seealso href="https://cloud.google.com/pricing/list"/>
internal static class Prices
{
    /// <summary>The first five forwarding rules together, an hour.</summary>
    public const decimal ForwardingRulesPerHour = 0.025m;

    /// <summary>Data that the load balancer takes in, a GiB.</summary>
    public const decimal LoadBalancerPerGiB = 0.008m;

    /// <summary>10,000 lookups in the CDN's caches.</summary>
    public const decimal CdnPer10ThousandLookups = 0.0075m;

    /// <summary>Data that the CDN sends (North America, Europe), a GiB.</summary>
    public const decimal CdnEgressPerGiB = 0.08m;

    /// <summary>1,000 class B operations of Cloud Storage: without a CDN each hit is one.</summary>
    public const decimal StoragePerThousandReads = 0.0004m;

    /// <summary>Data that Cloud Storage sends, a GiB.</summary>
    public const decimal StorageEgressPerGiB = 0.12m;

    /// <summary>Messages, published and delivered each counted, a TiB.</summary>
    public const decimal PubSubPerTiB = 40m;

    /// <summary>What a subscription writes into BigQuery by itself, a TiB; nothing of it is free.</summary>
    public const decimal PubSubToBigQueryPerTiB = 50m;

    /// <summary>GiB of messages that are free.</summary>
    public const decimal PubSubFreeGiB = 10m;

    /// <summary>A million requests of Cloud Run.</summary>
    public const decimal RunPerMillionRequests = 0.40m;

    /// <summary>Requests that are free.</summary>
    public const decimal RunFreeRequests = 2_000_000m;

    /// <summary>One vCPU for a second.</summary>
    public const decimal RunPerCpuSecond = 0.000024m;

    /// <summary>vCPU seconds that are free.</summary>
    public const decimal RunFreeCpuSeconds = 180_000m;

    /// <summary>A GiB of memory for a second.</summary>
    public const decimal RunPerGiBSecond = 0.0000025m;

    /// <summary>GiB seconds that are free.</summary>
    public const decimal RunFreeGiBSeconds = 360_000m;

    /// <summary>insertAll, 200 MiB of rows, each counted as 1 KB at least.</summary>
    public const decimal InsertsPer200MiB = 0.01m;

    /// <summary>Stored rows, a GiB and month.</summary>
    public const decimal TableStoragePerGiB = 0.02m;

    /// <summary>Queries, a TiB read; 1 TiB a month is free.</summary>
    public const decimal QueriesPerTiB = 6.25m;
}
