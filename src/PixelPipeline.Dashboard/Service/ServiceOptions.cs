using System.ComponentModel.DataAnnotations;

namespace PixelPipeline.Dashboard.Service;

/// <summary>The dashboard as a service in Google Cloud: what <c>Dashboard__…</c> in its environment says (deploy/resources/dashboard-service.sh).</summary>
public sealed class ServiceOptions
{
    private const string Name = "[A-Za-z0-9_-]{1,1024}";

    /// <summary>The Google Cloud project of the dataset.</summary>
    [Required, RegularExpression("[A-Za-z0-9.:-]{1,100}")]
    public string Project { get; set; } = "";

    /// <summary>The dataset, such as <c>pixels_prod</c>.</summary>
    [Required, RegularExpression(Name)]
    public string Dataset { get; set; } = "";

    /// <summary>The base table, such as <c>pixel</c>.</summary>
    [Required, RegularExpression(Name)]
    public string Table { get; set; } = "";

    /// <summary>
    /// Whom Identity-Aware Proxy signs requests for, <c>/projects/NUMBER/locations/REGION/services/NAME</c>
    /// (https://cloud.google.com/iap/docs/signed-headers-howto). Requests that it has not signed are refused.
    /// </summary>
    [Required, RegularExpression("/projects/[0-9]+/locations/[a-z0-9-]+/services/[a-z0-9-]+")]
    public string Audience { get; set; } = "";

    /// <summary>Whose days and hours are shown, such as <c>Europe/Berlin</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Seconds between readings while somebody looks, 1 to 86,400: each costs what its queries read.</summary>
    [Range(1, 86_400)]
    public int RefreshSeconds { get; set; } = 60;

    /// <summary>The most that one query may bill, in megabytes, 10 to 1,000,000,000.</summary>
    [Range(10, 1_000_000_000)]
    public long MaxMegabytes { get; set; } = 1_000;

    /// <summary>What is wrong, a line each; nothing where all is well.</summary>
    public IEnumerable<string> Errors()
    {
        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), wrong, validateAllProperties: true);
        return wrong.Select(w => $"Dashboard__{w.MemberNames.First()}: {w.ErrorMessage}")
            .Concat(DashboardOptions.FindTimeZone(TimeZone) is null ? ["Dashboard__TimeZone is no time zone: say UTC or a name such as Europe/Berlin."] : []);
    }

    /// <summary>What the pages need.</summary>
    public DashboardOptions ToDashboard() => new()
    {
        Port = 0, // the service's own
        Source = Project,
        IsGoogles = true,
        DatasetId = Dataset,
        BaseTable = Table,
        Refresh = TimeSpan.FromSeconds(RefreshSeconds),
        MaximumBytesBilled = MaxMegabytes * 1_000_000,
        TimeZone = DashboardOptions.FindTimeZone(TimeZone)!,
    };
}
