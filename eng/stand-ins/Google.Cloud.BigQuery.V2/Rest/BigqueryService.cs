using Google.Apis.Services;

namespace Google.Apis.Bigquery.v2;

/// <summary>The REST service: https://cloud.google.com/bigquery/docs/reference/rest.</summary>
public class BigqueryService : BaseClientService
{
    public const string Version = "v2";

    public BigqueryService(Initializer initializer)
        : base(initializer)
    {
    }

    public override string Name => "bigquery";

    public override string BaseUri => BaseUriOverride ?? "https://bigquery.googleapis.com/bigquery/v2/";

    public override string BasePath => "bigquery/v2/";

    public override IList<string> Features => [];

    public static class ScopeConstants
    {
        public const string Bigquery = "https://www.googleapis.com/auth/bigquery";
    }
}
