using Google.Apis.Auth.OAuth2;
using Google.Apis.Bigquery.v2;
using Google.Apis.Http;
using Google.Apis.Json;
using Google.Apis.Services;
using Newtonsoft.Json;

namespace Google.Cloud.BigQuery.V2;

/// <summary>Makes a client; without credential and key it takes the application default credentials.</summary>
public sealed class BigQueryClientBuilder
{
    public string ProjectId { get; set; }

    public string DefaultLocation { get; set; }

    public bool? PrettyPrint { get; set; }

    /// <summary>The base of all paths, with its slash at the end: <c>http://HOST/bigquery/v2/</c>.</summary>
    public string BaseUri { get; set; }

    public ICredential Credential { get; set; }

    public GoogleCredential GoogleCredential { get; set; }

    public string ApiKey { get; set; }

    public string ApplicationName { get; set; }

    public IHttpClientFactory HttpClientFactory { get; set; }

    /// <exception cref="InvalidOperationException">There is no project id, no credential, or more than one.</exception>
    public BigQueryClient Build() => Build(NeedsDefault() ? GoogleCredential.GetApplicationDefault() : null);

    public async Task<BigQueryClient> BuildAsync(CancellationToken cancellationToken = default) =>
        Build(NeedsDefault() ? await GoogleCredential.GetApplicationDefaultAsync(cancellationToken) : null);

    private bool NeedsDefault()
    {
        var credentials = (Credential is null ? 0 : 1) + (GoogleCredential is null ? 0 : 1);
        if (ProjectId is null)
        {
            throw new InvalidOperationException("The project ID must be set before building a client.");
        }

        return credentials <= 1
            ? credentials == 0 && ApiKey is null
            : throw new InvalidOperationException("A client has one credential.");
    }

    private RestBigQueryClient Build(GoogleCredential applicationDefault)
    {
        var google = (GoogleCredential ?? applicationDefault)?.CreateScoped(BigqueryService.ScopeConstants.Bigquery);
        var settings = NewtonsoftJsonSerializer.CreateDefaultSettings();

        // Cells keep the text that BigQuery sent; each is converted by its column's type.
        settings.DateParseHandling = DateParseHandling.None;
        var service = new BigqueryService(new BaseClientService.Initializer
        {
            ApiKey = ApiKey,
            ApplicationName = ApplicationName ?? "google-cloud-bigquery-stand-in",
            BaseUri = BaseUri,
            HttpClientFactory = HttpClientFactory,
            HttpClientInitializer = (IConfigurableHttpClientInitializer)Credential ?? google,
            Serializer = new NewtonsoftJsonSerializer(settings),
        });
        return new RestBigQueryClient(ProjectId, service, DefaultLocation, PrettyPrint ?? false);
    }
}
