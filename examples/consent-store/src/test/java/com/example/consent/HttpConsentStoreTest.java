package com.example.consent;

import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.ConsentStoreContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** The company's store holds to what every store has to. */
@Timeout(60)
class HttpConsentStoreTest extends ConsentStoreContract {

    private CompanyService service;

    @Override
    protected ConsentStore emptyStore() throws Exception {
        service = new CompanyService();
        return new HttpConsentStore(service.address(), CompanyService.TOKEN, Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        service.close();
    }
}
